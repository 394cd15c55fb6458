// title: a shared mapping for reading never writes
#include "case.h"

int main(void) {
  char *at = mmap(NULL, 5, PROT_READ, MAP_SHARED, must(open("a", O_RDONLY)), 0);
  must_be(at != MAP_FAILED && *at == 'h');
  expect("R a");
  job("in a");
}
