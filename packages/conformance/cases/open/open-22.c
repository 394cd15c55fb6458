// title: every call by number through libc is seen
#include "case.h"

static void both(const char *fact, const char *line) {
  expect(fact);
  job(line);
}

int main(void) {
  int fd = must(syscall(SYS_openat, AT_FDCWD, "n", O_RDWR | O_CREAT, 0644));
  must_be(syscall(SYS_pwrite64, fd, "new", 3, 0) == 3);
  must(syscall(SYS_renameat2, AT_FDCWD, "b", AT_FDCWD, "c", 0));
  must(syscall(SYS_linkat, AT_FDCWD, "d/x", AT_FDCWD, "h", 0));
  must(syscall(SYS_unlinkat, AT_FDCWD, "d/x", 0));
  must(syscall(SYS_symlinkat, "nowhere", AT_FDCWD, "s"));
  void *at = (void *)syscall(SYS_mmap, NULL, 5, PROT_READ, MAP_PRIVATE, must(open("a", O_RDONLY)), 0);
  must_be(at != MAP_FAILED);
  both("C n", "out n");
  both("W n", "out n");
  both("M b>c", "out c");
  both("L d/x>h", "[out h]");
  both("D d/x", "del d/x");
  both("R a", "in a");
  expect("S s");
  job("del b");
}
