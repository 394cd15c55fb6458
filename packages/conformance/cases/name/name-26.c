// title: a new file that replaces an old one is an output, the old one no input
#include "case.h"

int main(void) {
  must(write(must(open("t", O_WRONLY | O_CREAT, 0644)), "new", 3));
  must(rename("t", "a"));
  expect("C t");
  expect("W t");
  expect("M t>a");
  job("out a");
  job("tmp t");
}
