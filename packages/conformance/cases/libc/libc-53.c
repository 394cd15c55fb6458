// title: a library in a namespace of its own, with a libc of its own, is read, and so is what it reads
// owed: E=Y P=N T=Y
// gaps: direct-syscall
// library: libcase.so
#include "case.h"
#include <dlfcn.h>

#ifdef LIBRARY
int read_one(const char *path) {
  int fd = open(path, O_RDONLY);
  return fd < 0 ? -1 : (int)read(fd, text, 10);
}
#elif defined(__GLIBC__)
int main(void) {
  expect("R libcase.so");
  expect("R a");
  job("in libcase.so");
  job("in a");
  void *library = dlmopen(LM_ID_NEWLM, "./libcase.so", RTLD_NOW);
  must_be(library);
  int (*read_one)(const char *) = (int (*)(const char *))dlsym(library, "read_one");
  must_be(read_one && read_one("a") == 5);
}
#else
int main(void) { skip("musl has one namespace"); }
#endif
