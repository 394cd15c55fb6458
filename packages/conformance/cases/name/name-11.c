// title: a symlink that is read names its target
#include "case.h"

int main(void) {
  must(symlink("a", "s"));
  must(read(must(open("s", O_RDONLY)), text, 10));
  expect("S s");
  expect("R a");
  job("in a");
  job("name s>a");
}
