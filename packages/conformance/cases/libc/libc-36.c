// title: reserving room for a file is a write
#include "case.h"

int main(void) {
  must_be(posix_fallocate(must(open("n", O_WRONLY | O_CREAT, 0644)), 0, 100) == 0);
  expect("C n");
  expect("W n");
  job("out n");
}
