// title: writing a file whose name is gone leaves no output
#include "case.h"

int main(void) {
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  must(unlink("n"));
  must(write(fd, "new", 3));
  expect("C n");
  expect("D n");
  expect("W n");
  job("tmp n");
}
