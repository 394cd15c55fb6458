// title: a library's own wrapper finds the function behind it, by either way to ask for it
// linked: libcase.so
#include "case.h"
#include <dlfcn.h>

#ifdef __GLIBC__
#define LIBC "libc.so.6"
#else
#define LIBC "libc.so"
#endif

int times_opened(void), times_created(void);

#ifdef LIBRARY
static int opened, created;
int times_opened(void) { return opened; }
int times_created(void) { return created; }

int open(const char *path, int flags, ...) {
  int (*behind)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  opened++;
  return behind && behind != open ? behind(path, flags, 0644) : -1;
}

int creat(const char *path, mode_t mode) {
  int (*behind)(const char *, mode_t) = (int (*)(const char *, mode_t))dlsym(dlopen(LIBC, RTLD_NOW), "creat");
  /* Behind a wrapper that comes back to this one there is no end. */
  return ++created < 3 && behind && behind != creat ? behind(path, mode) : -1;
}
#else
int main(void) {
  expect("R libcase.so");
  expect("R a");
  expect("C n");
  expect("W n");
  job("in libcase.so");
  job("in a");
  job("out n");
  int before = times_opened(), fd = must(open("a", O_RDONLY));
  must_be(read(fd, text, 10) == 5 && times_opened() == before + 1);
  fd = must(creat("n", 0644));
  must_be(write(fd, "new", 3) == 3 && times_created() == 1);
}
#endif
