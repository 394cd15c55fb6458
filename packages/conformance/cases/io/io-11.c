// title: an append keeps the old content, and says so
#include "case.h"

int main(void) {
  int fd = must(open("a", O_WRONLY | O_APPEND));
  must(write(fd, "!", 1));
  expect("W a");
  job("out a");
  job("append a");
}
