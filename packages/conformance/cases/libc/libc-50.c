// title: a library is found by the run path of the program that asks for it
// linked: libcase.so
#ifdef LIBRARY
int answer(void) { return 42; }
#else
#include "case.h"
#include <dlfcn.h>

static void copy_to(const char *name) {
  static char bytes[1 << 20];
  int from = must(open("libcase.so", O_RDONLY)), to = must(open(name, O_WRONLY | O_CREAT, 0755));
  long size = must(read(from, bytes, sizeof bytes));
  must_be(write(to, bytes, size) == size);
  close(from);
  close(to);
}

int answer(void);

int main(void) {
  must_be(answer() == 42);
  copy_to("libother.so");
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
