// title: what the job wrote and reads back is no input
#include "case.h"

int main(void) {
  int fd = must(open("n", O_RDWR | O_CREAT | O_EXCL, 0644));
  must(write(fd, "new", 3));
  must(lseek(fd, 0, SEEK_SET));
  must_be(read(fd, text, 10) == 3);
  expect("C n");
  expect("W n");
  expect("R n");
  job("out n");
  job("int n");
}
