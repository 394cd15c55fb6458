// title: a temporary name that another process renames is the output
#include "case.h"

int main(void) {
  pid_t child = must(fork());
  if (child == 0) {
    must(write(must(open("t", O_WRONLY | O_CREAT, 0644)), "new", 3));
    return 0;
  }
  reap(child);
  must(rename("t", "n"));
  expect_of(child, "C t");
  expect_of(child, "W t");
  expect("M t>n");
  job("out n");
  job("tmp t");
}
