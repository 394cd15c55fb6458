// title: a file made without a name is an output once it gets one
#include "case.h"

int main(void) {
  char link[64];
  int fd = open("d", O_TMPFILE | O_WRONLY, 0644);
  if (fd < 0 && errno == EOPNOTSUPP) skip("this file system has no O_TMPFILE");
  must(write(fd, "new", 3));
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  must(linkat(AT_FDCWD, link, AT_FDCWD, "n", AT_SYMLINK_FOLLOW));
  expect("C n");
  expect("W n");
  job("out n");
}
