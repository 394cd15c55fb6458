// title: what a program makes, moves and removes inside another root keeps its names outside
// owed: E=Y P=H T=Y
// gaps: outside-namespace
// needs: root
// files: d/y=1 d/z=2 d/u=3 d/t=4 d/e/ d/e/f=5
#include "case.h"

static int there(const char *path) { return must(open(path, O_RDONLY)); }

int main(void) {
  expect("R d/x");
  expect("R d/e/f");
  expect("C d/n");
  expect("W d/n");
  expect("M d/y>d/e/y");
  expect("L d/z>d/e/z");
  expect("D d/u");
  expect("W d/t");
  expect("S d/e/s");
  expect("M d/n>d/m");
  job("in d/x");
  job("in d/e/f");
  job("[name d/e/s>d/e/f]");
  job("out d/m");
  job("out d/e/y");
  job("out d/t");
  job("name d/e/z>d/z");
  job("tmp d/n");
  job("del d/y");
  job("del d/u");
  if (chroot("d") < 0 && errno == EPERM) skip("chroot is not permitted here");
  must(chdir("/"));
  must_be(read(there("/x"), text, 10) == 5);
  int fd = must(creat("/n", 0644));
  must_be(write(fd, "new", 3) == 3);
  close(fd);
  must(rename("/y", "/e/y"));
  must(link("/z", "/e/z"));
  must(unlink("/u"));
  must(truncate("/t", 0));
  must(symlink("/e/f", "/e/s"));
  must_be(read(there("/e/s"), text, 10) == 1);
  must(rename("n", "/m"));
}
