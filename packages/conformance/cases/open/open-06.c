// title: a path descriptor reopened through /proc reads the file behind it
#include "case.h"

int main(void) {
  char link[64];
  int fd = must(open("a", O_PATH));
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  must(read(must(open(link, O_RDONLY)), text, 10));
  expect("R a");
  job("in a");
}
