// title: a mapping outlives its descriptor
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDWR));
  char *at = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  must_be(at != MAP_FAILED);
  close(fd);
  *at = 'j';
  must(munmap(at, 5));
  expect("W a");
  expect("[R a]");
  job("out a");
  job("[in a]");
}
