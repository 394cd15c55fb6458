// title: a program may put its own descriptor on any number
#include "case.h"

int main(void) {
  int own = must(open("b", O_RDONLY));
  for (int fd = 3; fd < 512; fd++)
    if (fd != own) must(dup2(own, fd));
  must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
  for (int fd = 3; fd < 512; fd++) must_be(pread(fd, text, 10, 0) == 5 && memcmp(text, "world", 5) == 0);
  expect("R a");
  expect("R b");
  job("in a");
  job("in b");
}
