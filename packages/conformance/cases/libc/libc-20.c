// title: what system runs is seen
#include "case.h"

int main(void) {
  must_be(system("cp a n") == 0);
  expect_any("R a");
  expect_any("C n");
  expect_any("W n");
  job("in a");
  job("out n");
}
