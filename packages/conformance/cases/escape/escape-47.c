// title: files that a program with children opens through libc, and writes by its own instructions
// owed: E=Y P=N T=Y
// files: b=1 g=2
// gaps: direct-syscall
#include "case.h"
#include "raw.h"

static int written(const char *name, int flags) {
  int fd = must(open(name, flags, 0644));
  must((int)raw_call(SYS_write, fd, (long)"new", 3));
  return fd;
}

int main(void) {
  pid_t child = must(fork());
  if (child == 0) _exit(0);
  reap(child);
  expect("W a");
  expect("C n");
  expect("W n");
  expect("W b");
  expect("W g");
  job("out a");
  job("out b");
  job("out g");
  job("out n");
  close(written("a", O_WRONLY));
  close(written("n", O_WRONLY | O_CREAT));
  close(written("b", O_RDWR | O_TRUNC));
  close(must(open("d/x", O_WRONLY)));
  written("g", O_WRONLY);
}
