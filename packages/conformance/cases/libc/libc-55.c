// title: the second names that libc has for its calls are seen
// files: o= r=hello
#include "case.h"

extern int __open(const char *, int, ...), __open64(const char *, int, ...), __close(int), __dup2(int, int);
extern long __read(int, void *, size_t), __write(int, const void *, size_t), __pread64(int, void *, size_t, off_t), __pwrite64(int, const void *, size_t, off_t);
extern FILE *_IO_fopen(const char *, const char *);
extern int _IO_fclose(FILE *);
extern char *_IO_fgets(char *, int, FILE *);

int main(void) {
#ifndef __GLIBC__
  skip("the names are glibc's");
#else
  int fd = must(__open("a", O_RDONLY));
  must_be(__read(fd, text, 5) == 5);
  must(__close(fd));
  fd = must(__open64("b", O_RDONLY));
  must_be(__pread64(fd, text, 5, 0) > 0);
  must(__close(fd));
  fd = must(__open("n", O_WRONLY | O_CREAT, 0644));
  must_be(__write(fd, "new", 3) == 3);
  int other = must(__open("o", O_WRONLY));
  must(__dup2(other, fd));
  must_be(__pwrite64(fd, "new", 3, 0) == 3);
  FILE *stream = _IO_fopen("r", "r");
  must_be(stream && _IO_fgets(text, 9, stream));
  _IO_fclose(stream);
  expect("R a");
  expect("R b");
  expect("C n");
  expect("W n");
  expect("W o");
  expect("R r");
  job("in a");
  job("in b");
  job("in r");
  job("out n");
  job("out o");
#endif
}
