// title: a chain of renames ends in one output
#include "case.h"

int main(void) {
  must(write(must(open("t", O_WRONLY | O_CREAT, 0644)), "new", 3));
  must(rename("t", "n"));
  must(rename("n", "c"));
  expect("C t");
  expect("W t");
  expect("M t>n");
  expect("M n>c");
  job("out c");
  job("tmp t");
  job("tmp n");
}
