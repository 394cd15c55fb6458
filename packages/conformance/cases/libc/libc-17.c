// title: a library that is loaded while running is an input
// library: libcase.so
#ifdef LIBRARY
int answer(void) { return 42; }
#else
#include "case.h"
#include <dlfcn.h>

int main(void) {
  void *library = dlopen("./libcase.so", RTLD_NOW);
  must_be(library && dlsym(library, "answer"));
  expect("R libcase.so");
  job("in libcase.so");
}
#endif
