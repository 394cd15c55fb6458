// title: allocating behind the end and punching holes are writes
#include "case.h"

int main(void) {
  must(fallocate(must(open("a", O_WRONLY)), 0, 0, 4096));
  int fd = must(open("b", O_WRONLY));
  if (fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4) < 0) skip("this file system punches no holes");
  expect("W a");
  expect("W b");
  job("out a");
  job("out b");
}
