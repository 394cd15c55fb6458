// title: a mapping that becomes writable later writes
#include "case.h"

int main(void) {
  char *at = mmap(NULL, 5, PROT_READ, MAP_SHARED, must(open("a", O_RDWR)), 0);
  must_be(at != MAP_FAILED && *at == 'h');
  must(mprotect(at, 5, PROT_READ | PROT_WRITE));
  *at = 'j';
  expect("R a");
  expect("W a");
  job("in a");
  job("out a");
}
