// title: the frames that libc writes to a descriptor are a write
#include "case.h"
#ifdef __GLIBC__
#include <execinfo.h>
#endif

int main(void) {
#ifndef __GLIBC__
  skip("musl has no backtrace");
#else
  void *frames[8];
  int count = backtrace(frames, 8);
  if (count <= 0) skip("no frames can be found here");
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  backtrace_symbols_fd(frames, count, fd);
  _Exit(close(fd) + (expect("C n"), expect("W n"), job("out n"), 0));
#endif
}
