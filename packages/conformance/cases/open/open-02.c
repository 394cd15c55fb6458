// title: a path below an open directory is found
#include "case.h"

int main(void) {
  int dir = must(open("d", O_RDONLY | O_DIRECTORY));
  int fd = must(openat(dir, "x", O_RDONLY));
  must(read(fd, text, 10));
  expect("R d/x");
  job("in d/x");
}
