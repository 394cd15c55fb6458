// title: a file that never had a name is no output
#include "case.h"

int main(void) {
  int fd = open("d", O_TMPFILE | O_WRONLY, 0644);
  if (fd < 0 && errno == EOPNOTSUPP) skip("this file system has no O_TMPFILE");
  must(write(fd, "new", 3));
  must(close(fd));
  job("none");
}
