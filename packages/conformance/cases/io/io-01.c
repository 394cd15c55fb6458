// title: a read of an existing file is an input
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  must(read(fd, text, 10));
  expect("R a");
  job("in a");
}
