// title: what a stream has flushed is the job's own before another process reads it
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "r+");
  must_be(stream && fputs("longer than before", stream) >= 0);
  must(fflush(stream));
  pid_t child = must(fork());
  if (child == 0) {
    must(read(must(open("a", O_RDONLY)), text, 10));
    _exit(0);
  }
  reap(child);
  must(fclose(stream));
  expect("W a");
  expect("[R a]");
  expect_of(child, "R a");
  job("out a");
  job("int a");
}
