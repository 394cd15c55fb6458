// title: a read of no bytes reads nothing
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  must_be(read(fd, text, 0) == 0);
  job("none");
}
