// title: files that a program opens and reads by its own instructions, and gives back through libc
// owed: E=Y P=N T=Y
// files: b=1 g=2 h=3
// gaps: direct-syscall
#include "case.h"
#include "raw.h"

static int read_one(const char *name) {
  char byte;
  long fd = raw_call(SYS_openat, AT_FDCWD, (long)name, O_RDONLY);
  must((int)fd);
  must((int)raw_call(SYS_read, fd, (long)&byte, 1));
  return (int)fd;
}

int main(void) {
  expect("R a");
  expect("R b");
  expect("R g");
  expect("R h");
  job("in a");
  job("in b");
  job("in g");
  job("in h");
  must(close(read_one("a")));
  must(dup2(0, read_one("b")));
  must(dup3(0, read_one("g"), O_CLOEXEC));
  int last = read_one("h");
  must(close_range((unsigned)last, (unsigned)last, 0));
}
