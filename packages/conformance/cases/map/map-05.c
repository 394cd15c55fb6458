// title: a store into a private mapping stays in memory
#include "case.h"

int main(void) {
  char *at = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_PRIVATE, must(open("a", O_RDONLY)), 0);
  must_be(at != MAP_FAILED);
  *at = 'j';
  expect("R a");
  job("in a");
}
