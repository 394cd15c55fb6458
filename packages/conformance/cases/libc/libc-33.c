// title: a library found by an absolute path is an input
// library: libcase.so
#ifdef LIBRARY
int answer(void) { return 42; }
#else
#include "case.h"
#include <dlfcn.h>

int main(void) {
  char path[4096];
  must_be(getcwd(path, sizeof path - 20));
  strcat(path, "/libcase.so");
  must_be(dlclose(dlopen(path, RTLD_LAZY)) == 0);
  expect("R libcase.so");
  job("in libcase.so");
}
#endif
