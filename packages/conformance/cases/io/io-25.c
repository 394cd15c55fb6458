// title: the checked reads of a fortified program are seen
// flags: -O2 -D_FORTIFY_SOURCE=2
#include "case.h"

int main(void) {
  volatile size_t size = 3;
  must_be(read(must(open("a", O_RDONLY)), text, size) == 3);
  must_be(pread(must(open("b", O_RDONLY)), text, size, 0) == 3);
  FILE *stream = fopen("d/x", "r");
  volatile int length = 4;
  must_be(stream && fgets(text, length, stream));
  expect("R a");
  expect("R b");
  expect("R d/x");
  job("in a");
  job("in b");
  job("in d/x");
}
