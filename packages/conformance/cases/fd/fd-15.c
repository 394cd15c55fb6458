// title: pipes, sockets, counters, memory and devices are no files
#include "case.h"
#include <sys/eventfd.h>
#include <sys/socket.h>

static void through(int in, int out) {
  must_be(write(in, "12345678", 8) == 8);
  must_be(read(out, text, 8) == 8);
}

int main(void) {
  int ends[2];
  must(pipe(ends));
  through(ends[1], ends[0]);
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  through(ends[1], ends[0]);
  int counter = must(eventfd(0, 0));
  through(counter, counter);
  int memory = must(memfd_create("a", 0));
  must_be(write(memory, "12345678", 8) == 8);
  must_be(pread(memory, text, 8, 0) == 8);
  must_be(write(must(open("/dev/null", O_RDWR)), "x", 1) == 1);
  must_be(read(must(open("/dev/zero", O_RDWR)), text, 1) == 1);
  job("none");
}
