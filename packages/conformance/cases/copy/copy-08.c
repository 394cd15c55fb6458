// title: a copy that finds nothing to copy writes nothing
#include "case.h"

int main(void) {
  int in = must(open("a", O_RDONLY));
  int out = must(open("n", O_WRONLY | O_CREAT, 0644));
  must(lseek(in, 0, SEEK_END));
  must_be(copy_file_range(in, NULL, out, NULL, 100, 0) == 0);
  expect("[R a]");
  expect("C n");
  job("[in a]");
  job("out n");
}
