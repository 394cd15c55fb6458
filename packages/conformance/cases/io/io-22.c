// title: reading by one descriptor and writing by another are both seen
#include "case.h"

int main(void) {
  int in = must(open("a", O_RDONLY));
  int out = must(open("a", O_WRONLY));
  must(read(in, text, 2));
  must(write(out, "x", 1));
  expect("R a");
  expect("W a");
  job("in a");
  job("out a");
}
