// title: files that are open while libraries are loaded are read, by their positions or past them
// library: libcase.so
#ifdef LIBRARY
int answer(void) { return 42; }
#else
#include "case.h"
#include <dlfcn.h>

int main(void) {
  int line = must(open("a", O_RDONLY)), part = must(open("b", O_RDONLY));
  must(read(line, text, 4));
  must_be(dlopen("./libcase.so", RTLD_NOW));
  must_be(dlclose(dlopen("libm.so.6", RTLD_NOW)) == 0);
  must(read(line, text, 1));
  must(pread(part, text, 1, 0));
  if (!dlopen("libresolv.so.2", RTLD_NOW)) skip("this libc is one file, and brings no such library");
  must(close(line));
  must(close(part));
  expect("R a");
  expect("R b");
  expect("R libcase.so");
  job("in a");
  job("in b");
  job("in libcase.so");
}
#endif
