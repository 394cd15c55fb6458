// title: the profile that libc writes at exit is an output
// flags: -pg
#include "case.h"

int main(void) {
  expect("C gmon.out");
  expect("W gmon.out");
  job("out gmon.out");
  return 0;
}
