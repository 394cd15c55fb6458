// title: fchdir moves the base of relative paths
#include "case.h"

int main(void) {
  must(fchdir(must(open("d", O_RDONLY | O_DIRECTORY))));
  must(read(must(open("../a", O_RDONLY)), text, 10));
  expect("R a");
  job("in a");
}
