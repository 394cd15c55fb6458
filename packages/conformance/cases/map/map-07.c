// title: a child may store through the mapping of its parent
#include "case.h"

int main(void) {
  char *at = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED, must(open("a", O_RDWR)), 0);
  must_be(at != MAP_FAILED);
  pid_t child = must(fork());
  if (child == 0) {
    *at = 'j';
    return 0;
  }
  reap(child);
  expect_any("W a");
  expect_any("[R a]");
  job("out a");
  job("[in a]");
}
