// title: a file opened for both and only read is an input
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDWR));
  must(read(fd, text, 10));
  expect("R a");
  job("in a");
}
