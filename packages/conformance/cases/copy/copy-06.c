// title: a reflink reads one file and writes the other
#include "case.h"
#include <linux/fs.h>
#include <sys/ioctl.h>

int main(void) {
  int in = must(open("a", O_RDONLY));
  int out = must(open("n", O_WRONLY | O_CREAT, 0644));
  if (ioctl(out, FICLONE, in) < 0) skip("this file system has no reflinks");
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
