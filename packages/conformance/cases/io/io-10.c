// title: a file opened for both and only written is an output
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDWR));
  must(write(fd, "jell", 4));
  expect("W a");
  job("out a");
}
