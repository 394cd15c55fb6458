// title: renames below open directories are found
#include "case.h"

int main(void) {
  int from = must(open("d", O_RDONLY | O_DIRECTORY));
  int to = must(open(".", O_RDONLY | O_DIRECTORY));
  must(renameat(from, "x", to, "n"));
  expect("M d/x>n");
  job("out n");
  job("del d/x");
}
