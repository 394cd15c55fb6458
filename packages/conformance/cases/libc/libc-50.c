// title: a library is found by the run path of the program that asks for it
// linked: libcase.so
#ifdef LIBRARY
int answer(void) { return 42; }
#else
#include "case.h"
#include <dlfcn.h>

int answer(void);

int main(void) {
  must_be(answer() == 42);
  library_copy("libother.so");
  must_be(dlopen("libother.so", RTLD_NOW));
  expect("R libcase.so");
  expect("C libother.so");
  expect("W libother.so");
  expect("R libother.so");
  job("in libcase.so");
  job("out libother.so");
  job("int libother.so");
}
#endif
