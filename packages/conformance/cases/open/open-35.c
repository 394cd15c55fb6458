// title: a file below a tree that is cut loose, mounted nowhere, is known by the name that it has
// needs: root
// owed: E=Y P=H T=H
// gaps: outside-namespace
#include "case.h"

#define OPEN_TREE 428

int main(void) {
  int tree = syscall(OPEN_TREE, AT_FDCWD, "d", 1 /* OPEN_TREE_CLONE */ | O_CLOEXEC);
  if (tree < 0) skip("this kernel cuts no trees loose");
  int fd = must(openat(tree, "x", O_RDONLY));
  must_be(read(fd, text, 5) > 0);
  fd = must(openat(tree, "n", O_WRONLY | O_CREAT, 0644));
  must_be(write(fd, "new", 3) == 3);
  expect("R d/x");
  expect("C d/n");
  expect("W d/n");
  job("in d/x");
  job("out d/n");
}
