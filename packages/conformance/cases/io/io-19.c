// title: a million reads are one fact
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  for (int i = 0; i < 1000000; i++) must_be(pread(fd, text, 1, i % 5) == 1);
  expect("R a");
  most(2, "a");
  job("in a");
}
