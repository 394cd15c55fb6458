// title: a file put in the place of standard output is written by its descriptor 1
#include "case.h"

int main(void) {
  must(dup2(must(open("n", O_WRONLY | O_CREAT, 0644)), 1));
  must_be(write(1, "new", 3) == 3);
  expect("C n");
  expect("W n");
  job("out n");
}
