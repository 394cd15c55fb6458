// title: a store through a shared mapping writes
#include "case.h"

int main(void) {
  int fd = must(open("n", O_RDWR | O_CREAT, 0644));
  must(ftruncate(fd, 4096));
  char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  must_be(at != MAP_FAILED);
  *at = 'n';
  expect("C n");
  expect("W n");
  expect("[R n]");
  job("out n");
  job("[int n]");
}
