// title: a mapping that becomes writable by a protection key call writes
#include "case.h"

int main(void) {
  char *at = mmap(NULL, 5, PROT_READ, MAP_SHARED, must(open("a", O_RDWR)), 0);
  must_be(at != MAP_FAILED);
  if (pkey_mprotect(at, 5, PROT_READ | PROT_WRITE, -1) < 0) skip("this kernel has no pkey_mprotect");
  *at = 'j';
  expect("R a");
  expect("W a");
  job("in a");
  job("out a");
}
