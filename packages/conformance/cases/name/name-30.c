// title: a read, a new file and a rename over the old one are input and output
#include "case.h"

int main(void) {
  must(read(must(open("a", O_RDONLY)), text, 10));
  must(write(must(open("t", O_WRONLY | O_CREAT | O_EXCL, 0644)), "new", 3));
  must(rename("t", "a"));
  expect("R a");
  expect("C t");
  expect("W t");
  expect("M t>a");
  job("in a");
  job("out a");
  job("tmp t");
}
