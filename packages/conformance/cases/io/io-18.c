// title: a directory is not content
#include "case.h"

int main(void) {
  int fd = must(open("d", O_RDONLY));
  must_fail(read(fd, text, 10));
  job("none");
}
