// title: a file that comes and goes within the job is temporary
#include "case.h"

int main(void) {
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  must(write(fd, "new", 3));
  close(fd);
  must(unlink("n"));
  expect("C n");
  expect("W n");
  expect("D n");
  job("tmp n");
}
