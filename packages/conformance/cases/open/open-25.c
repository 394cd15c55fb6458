// title: a directory that was renamed while it is the working directory has its new name
#include "case.h"

int main(void) {
  must(chdir("d"));
  must(rename("../d", "../e"));
  must(read(must(open("x", O_RDONLY)), text, 10));
  must(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3));
  expect("M d>e");
  expect("R e/x");
  expect("C e/n");
  expect("W e/n");
  job("in e/x");
  job("out e/n");
  job("[out e/x]");
  job("[del d/x]");
  job("[del d]");
}
