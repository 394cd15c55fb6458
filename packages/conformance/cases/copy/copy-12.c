// title: advice to the page cache reads nothing
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  must(readahead(fd, 0, 4096));
  must_be(posix_fadvise(fd, 0, 0, POSIX_FADV_WILLNEED) == 0);
  job("none");
}
