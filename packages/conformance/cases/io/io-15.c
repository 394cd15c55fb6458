// title: a write that the kernel refuses is no write
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  must_fail(write(fd, "x", 1));
  job("none");
}
