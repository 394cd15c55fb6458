// title: a file that is read after a refused write and the removal of its name is an input, and its name is gone
// owed: E=Y P=Y T=Y
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  must_be(write(fd, "x", 1) < 0);
  must(unlink("a"));
  must_be(read(fd, text, 10) == 5);
  expect("D a");
  expect("R a");
  job("in a");
  job("del a");
}
