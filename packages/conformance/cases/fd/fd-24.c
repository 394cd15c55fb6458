// title: marking descriptors to be closed by exec leaves them open
#include "case.h"

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

int main(void) {
  const int mark_only = 4;
  int fd = must(open("b", O_WRONLY));
  if (syscall(SYS_close_range, 3, ~0u, mark_only) != 0) skip("close_range cannot mark (Linux 5.11)");
  must_be(write(fd, "new", 3) == 3);
  expect("W b");
  job("out b");
}
