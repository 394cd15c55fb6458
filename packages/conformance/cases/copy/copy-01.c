// title: copy_file_range reads one file and writes the other
#include "case.h"

int main(void) {
  int in = must(open("a", O_RDONLY));
  int out = must(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(copy_file_range(in, NULL, out, NULL, 100, 0) == 5);
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
