// title: where libc refuses a missing name or stream, it still does
// The headers promise compilers that these arguments are never NULL; a wrapper built with that promise loses its own checks.
#include "case.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>

#define REFUSED(call, error)           \
  do {                                 \
    errno = 0;                         \
    must_be((call) && errno == error); \
  } while (0)

int main(void) {
  const char *volatile name = NULL;
  void *volatile nowhere = NULL;
  DIR *volatile directory = NULL;
  REFUSED(closedir(directory) == -1, EINVAL);
  REFUSED(open(name, O_RDONLY) == -1, EFAULT);
  REFUSED(fopen(name, "r") == NULL, EFAULT);
  REFUSED(truncate(name, 0) == -1, EFAULT);
  REFUSED(unlink(name) == -1, EFAULT);
  REFUSED(rename(name, "n") == -1, EFAULT);
  REFUSED(rename("a", name) == -1, EFAULT);
  REFUSED(link(name, "n") == -1, EFAULT);
  REFUSED(symlink(name, "n") == -1, EFAULT);
  char *const nothing[] = {NULL};
  REFUSED(execve(name, nothing, nothing) == -1, EFAULT);
  int fd = must(open("a", O_RDONLY));
  REFUSED(read(fd, nowhere, 4) == -1, EFAULT);
  job("none");
}
