// title: an absolute path leaves the directory descriptor aside
#include "case.h"

int main(void) {
  char path[4096];
  must_be(getcwd(path, sizeof path - 2));
  strcat(path, "/a");
  int dir = must(open("d", O_RDONLY | O_DIRECTORY));
  int fd = must(openat(dir, path, O_RDONLY));
  must(read(fd, text, 10));
  expect("R a");
  job("in a");
}
