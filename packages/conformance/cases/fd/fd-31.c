// title: a file that several processes have open for writing is written by those that write it
#include "case.h"

/* The other one has closed its end: without a byte written. */
static void wait_for(int end) { must_be(read(end, text, 1) == 0); }

/* It has the file open all the while; a process without children. */
static int only_opens(int in, int out) {
  int fd = must(open("a", O_WRONLY));
  close(out);
  wait_for(in);
  close(fd);
  return 0;
}

static int writes(int in, int out) {
  wait_for(in);
  int fd = must(open("a", O_WRONLY));
  must_be(write(fd, "JELLY AND JAM", 13) == 13);
  close(fd);
  close(out);
  return 0;
}

int main(void) {
  int there[2], back[2];
  must(pipe(there));
  must(pipe(back));
  pid_t holder = must(fork());
  if (holder == 0) {
    close(back[1]);
    return only_opens(back[0], there[1]);
  }
  close(there[1]);
  pid_t writer = must(fork());
  if (writer == 0) return writes(there[0], back[1]);
  close(back[1]);
  reap(holder);
  reap(writer);
  expect_of(writer, "W a");
  job("out a");
}
