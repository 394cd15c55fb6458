// title: a tree that is made and removed leaves nothing
#include "case.h"

int main(void) {
  must(mkdir("k", 0755));
  must(write(must(open("k/n", O_WRONLY | O_CREAT, 0644)), "new", 3));
  must(rename("k", "m"));
  must(unlink("m/n"));
  must(rmdir("m"));
  expect("C k/n");
  expect("W k/n");
  expect("M k>m");
  expect("D m/n");
  expect("D m");
  job("[tmp k]");
  job("[tmp m]");
  job("[tmp k/n]");
  job("[tmp m/n]");
}
