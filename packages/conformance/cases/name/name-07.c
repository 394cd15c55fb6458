// title: a file keeps being written while its directory is renamed
// owed: E=Y P=H T=H
#include "case.h"

int main(void) {
  int fd = must(open("d/x", O_WRONLY));
  must(rename("d", "e"));
  must(write(fd, "other", 5));
  expect("M d>e");
  expect("W e/x");
  job("out e/x");
  job("del d/x");
  job("[del d]");
}
