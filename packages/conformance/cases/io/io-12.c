// title: a write of no bytes writes nothing
#include "case.h"

int main(void) {
  int fd = must(open("a", O_WRONLY));
  must_be(write(fd, "", 0) == 0);
  job("none");
}
