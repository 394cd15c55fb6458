// title: functions that a program asks of libc itself by their names are seen
#include "case.h"
#include <dlfcn.h>

#ifdef __GLIBC__
#define LIBC "libc.so.6"
#else
#define LIBC "libc.so"
#endif

static void *libc;

static void *named(const char *name) {
  void *found = dlsym(libc, name);
  must_be(found);
  return found;
}

static void read_by(const char *open_name, const char *path) {
  int (*open_it)(const char *, int, ...) = (int (*)(const char *, int, ...))named(open_name);
  ssize_t (*read_it)(int, void *, size_t) = (ssize_t(*)(int, void *, size_t))named("read");
  int fd = must(open_it(path, O_RDONLY));
  must_be(read_it(fd, text, 10) == 5);
  must(((int (*)(int))named("close"))(fd));
}

int main(void) {
  must_be((libc = dlopen(LIBC, RTLD_NOW)));
  expect("R a");
  expect("R d/x");
  expect("C n");
  expect("W n");
  expect("M n>m");
  job("in a");
  job("in d/x");
  job("out m");
  job("tmp n");
  read_by("open", "a");
#ifdef __GLIBC__
  expect("R b");
  job("in b");
  read_by("__open64", "b");
#endif
  FILE *stream = ((FILE * (*)(const char *, const char *))named("fopen"))("d/x", "r");
  must_be(stream && ((int (*)(FILE *))named("fgetc"))(stream) == 'i');
  fclose(stream);
  int fd = must(((int (*)(const char *, mode_t))named("creat"))("n", 0644));
  must_be(((ssize_t(*)(int, const void *, size_t))named("write"))(fd, "new", 3) == 3);
  close(fd);
  must(((int (*)(const char *, const char *))named("rename"))("n", "m"));
  must_be(!dlsym(libc, "no_such_function") && dlerror());
}
