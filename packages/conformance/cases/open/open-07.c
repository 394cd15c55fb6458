// title: /dev/fd names the file behind it
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  must(dup2(fd, 3));
  must(read(must(open("/dev/fd/3", O_RDONLY)), text, 10));
  expect("R a");
  job("in a");
}
