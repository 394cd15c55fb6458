// title: a file that is read, then overwritten, is input and output
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  must(read(fd, text, 10));
  close(fd);
  fd = must(open("a", O_WRONLY | O_TRUNC));
  must(write(fd, "other", 5));
  expect("R a");
  expect("W a");
  job("in a");
  job("out a");
}
