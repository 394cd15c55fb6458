// title: a child that reads what its parent has opened is the reader
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  pid_t child = must(fork());
  if (child == 0) return read(fd, text, 10) == 5 ? 0 : 1;
  reap(child);
  expect_of(child, "R a");
  job("in a");
}
