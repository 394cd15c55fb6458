// title: creat makes and truncates
#include "case.h"

int main(void) {
  int fd = must(creat("n", 0644));
  must(write(fd, "new", 3));
  expect("C n");
  expect("W n");
  job("out n");
}
