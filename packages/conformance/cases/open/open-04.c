// title: openat2 is seen although libc has no function for it
// owed: E=Y P=H T=Y
// gaps: direct-syscall
#include "case.h"
#include <linux/openat2.h>

int main(void) {
  struct open_how how = {.flags = O_RDONLY, .resolve = RESOLVE_BENEATH};
  int fd = syscall(SYS_openat2, AT_FDCWD, "a", &how, sizeof how);
  if (fd < 0 && errno == ENOSYS) skip("openat2 needs Linux 5.6");
  must(fd);
  must(read(fd, text, 10));
  expect("R a");
  job("in a");
}
