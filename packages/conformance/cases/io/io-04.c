// title: an empty file that is read is an input
// files: e=
#include "case.h"

int main(void) {
  int fd = must(open("e", O_RDONLY));
  must_be(read(fd, text, 10) == 0);
  expect("R e");
  job("in e");
}
