// title: two directories that change places carry the files that are open below them
#include "case.h"

int main(void) {
  must(mkdir("e", 0755));
  int in_e = must(open("e/n", O_WRONLY | O_CREAT, 0644)), in_d = must(open("d/m", O_WRONLY | O_CREAT, 0644));
  if (syscall(SYS_renameat2, AT_FDCWD, "d", AT_FDCWD, "e", 2 /* RENAME_EXCHANGE */) < 0) skip("names cannot be exchanged here");
  must_be(write(in_e, "new", 3) == 3);
  must_be(write(in_d, "new", 3) == 3);
  int x = must(open("e/x", O_RDONLY));
  must_be(read(x, text, 1) == 1);
  expect("C e/n");
  expect("C d/m");
  expect("M d>e");
  expect("M e>d");
  expect("W d/n");
  expect("W e/m");
  expect("R e/x");
  job("out d/n");
  job("out e/m");
  job("in e/x");
  job("out e/x");
  job("del d/x");
  job("[tmp e/n]");
  job("[tmp d/m]");
}
