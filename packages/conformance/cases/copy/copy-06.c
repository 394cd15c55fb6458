// title: a reflink reads one file and writes the other
// needs: reflinks
#include "case.h"
#include <linux/fs.h>
#include <sys/ioctl.h>

int main(void) {
  int in = must(open("a", O_RDONLY));
  int out = must(open("n", O_WRONLY | O_CREAT, 0644));
  must(ioctl(out, FICLONE, in));
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
