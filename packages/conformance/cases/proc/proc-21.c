// title: the command's exit code is the command's
// needs: failure
#include "case.h"

int main(void) {
  must_be(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3) == 3);
  expect("C n");
  expect("W n");
  job("out n");
  return 7;
}
