// title: a file below a linked directory has the name it has there
// files: k->d
#include "case.h"

int main(void) {
  must(read(must(open("k/x", O_RDONLY)), text, 10));
  must(write(must(open("k/../n", O_WRONLY | O_CREAT, 0644)), "new", 3));
  must(rename("k/x", "k/c"));
  expect("R d/x");
  expect("C n");
  expect("W n");
  expect("M d/x>d/c");
  job("in d/x");
  job("out n");
  job("out d/c");
  job("del d/x");
  job("[name d/c>d/x]");
}
