// title: chdir moves the base of relative paths
#include "case.h"

int main(void) {
  must(chdir("d"));
  must(read(must(open("x", O_RDONLY)), text, 10));
  expect("R d/x");
  job("in d/x");
}
