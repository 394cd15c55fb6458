// title: calls by number through libc are seen
#include "case.h"

int main(void) {
  int fd = must(syscall(SYS_openat, AT_FDCWD, "a", O_RDONLY, 0));
  must(syscall(SYS_read, fd, text, 10));
  expect("R a");
  job("in a");
}
