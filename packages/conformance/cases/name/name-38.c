// title: a file that got another name, and lost the one it was opened by, is an input by the one and an output by the other
// owed: E=Y P=Y T=Y
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  must(link("a", "n"));
  must(unlink("a"));
  must_be(read(fd, text, 10) == 5);
  expect("L a>n");
  expect("D a");
  expect("R a");
  job("in a");
  job("[name n>a]");
  job("out n");
  job("del a");
}
