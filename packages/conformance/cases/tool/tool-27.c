// title: times that are set on a file that is open write nothing
#include <sys/time.h>
#include <utime.h>
#include "case.h"

int main(void) {
  int fd = must(open("a", O_WRONLY));
  must(futimens(fd, NULL));
  close(fd);
  fd = must(open("b", O_RDWR));
  must(utimensat(AT_FDCWD, "b", NULL, 0));
  must(utimes("b", NULL));
  must(utime("b", NULL));
  close(fd);
  FILE *stream = fopen("d/x", "r+");
  must(utimensat(AT_FDCWD, "d/x", NULL, 0));
  fputs("o", stream);
  fclose(stream);
  expect("W d/x");
  job("out d/x");
}
