// title: what a library does when it is unloaded, and what handlers do behind main, is seen
// library: libcase.so
#include "case.h"
#ifdef LIBRARY
static int fd;
__attribute__((constructor)) static void begin(void) { fd = open("n", O_WRONLY | O_CREAT, 0644); }
__attribute__((destructor)) static void end(void) {
  if (write(fd, "new", 3) != 3) _exit(97);
}
int answer(void) { return fd; }
#else
#include <dlfcn.h>
static void late(void) {
  int fd = open("b", O_RDONLY);
  if (read(fd, text, 1) != 1) _exit(96);
}
__attribute__((destructor)) static void latest(void) {
  int fd = open("m", O_WRONLY | O_CREAT, 0644);
  if (write(fd, "new", 3) != 3) _exit(95);
}

int main(void) {
  void *library = dlopen("./libcase.so", RTLD_NOW);
  must_be(library && dlsym(library, "answer"));
  must(dlclose(library));
  atexit(late);
  expect("[R libcase.so]");
  job("[in libcase.so]");
  expect("C n");
  expect("W n");
  expect("R b");
  expect("C m");
  expect("W m");
  job("in b");
  job("out n");
  job("out m");
}
#endif
