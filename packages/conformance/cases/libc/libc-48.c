// title: a library that is loaded when another one has gone is an input, too
// library: libcase.so
#ifdef LIBRARY
int answer(void) { return 42; }
#else
#include "case.h"
#include <dlfcn.h>

int main(void) {
  library_copy("libother.so");
  must_be(dlclose(dlopen("./libcase.so", RTLD_NOW)) == 0);
  must_be(dlopen("./libother.so", RTLD_NOW));
  expect("R libcase.so");
  expect("C libother.so");
  expect("W libother.so");
  expect("R libother.so");
  job("in libcase.so");
  job("out libother.so");
  job("int libother.so");
}
#endif
