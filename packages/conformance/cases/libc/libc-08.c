// title: the checked open of a fortified program is seen
// flags: -O2 -D_FORTIFY_SOURCE=2
#include "case.h"

int main(void) {
  volatile int flags = O_RDONLY;
  int fd = must(open("a", flags));
  must(read(fd, text, 10));
  expect("R a");
  job("in a");
}
