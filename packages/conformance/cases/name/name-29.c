// title: a new file that gets its name by link and unlink is one output
#include "case.h"

int main(void) {
  must(write(must(open("t", O_WRONLY | O_CREAT | O_EXCL, 0644)), "new", 3));
  must(link("t", "n"));
  must(unlink("t"));
  expect("C t");
  expect("W t");
  expect("L t>n");
  expect("D t");
  job("out n");
  job("tmp t");
}
