// title: truncation by descriptor is a write
#include "case.h"

int main(void) {
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  must(ftruncate(fd, 10));
  expect("C n");
  expect("W n");
  job("out n");
}
