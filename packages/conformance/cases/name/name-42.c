// title: a directory put in the place of another keeps its files when the other is removed
#include "case.h"

int main(void) {
  must(mkdir("k", 0755));
  must(write(must(open("k/x", O_WRONLY | O_CREAT, 0644)), "new", 3));
  must(rename("d", "m"));
  must(rename("k", "d"));
  must(unlink("m/x"));
  must(rmdir("m"));
  expect("C k/x");
  expect("W k/x");
  expect("M d>m");
  expect("M k>d");
  expect("D m/x");
  expect("D m");
  job("out d/x");
  job("[tmp k]");
  job("[tmp k/x]");
  job("[tmp m]");
  job("[tmp m/x]");
}
