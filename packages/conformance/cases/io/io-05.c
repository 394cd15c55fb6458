// title: a new file that is written is an output
#include "case.h"

int main(void) {
  int fd = must(open("n", O_WRONLY | O_CREAT | O_TRUNC, 0644));
  must(write(fd, "new", 3));
  expect("C n");
  expect("W n");
  job("out n");
}
