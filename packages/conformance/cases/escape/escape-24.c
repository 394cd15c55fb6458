// title: a program's own preloaded library wraps the calls that it wraps alone
// library: libcase.so
#define _GNU_SOURCE
#include <dlfcn.h>
#include "case.h"

#ifdef LIBRARY
static int (*real_open)(const char *, int, ...);

// Counts, as tools do that people preload: in a variable that the program can read.
int opened;
int open(const char *path, int flags, ...) {
  if (!real_open) real_open = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  opened++;
  return real_open(path, flags, 0666);
}
#else
int main(int count, char **words) {
  (void)words;
  if (count == 1) {
    must(setenv("LD_PRELOAD", "./libcase.so", 1));
    must(execl("/proc/self/exe", "again", "twice", NULL));
  }
  int *opened = dlsym(RTLD_DEFAULT, "opened");
  must_be(opened != NULL);
  must_be(!strcmp(getenv("LD_PRELOAD"), "./libcase.so"));
  int before = *opened;
  must(read(must(open("a", O_RDONLY)), text, 10));
  must_be(*opened == before + 1);
  expect("R libcase.so");
  expect("R a");
  job("in libcase.so");
  job("in a");
}
#endif
