// title: a fifo holds no content
#include "case.h"

int main(void) {
  must(mkfifo("p", 0644));
  int fd = must(open("p", O_RDWR));
  must(write(fd, "x", 1));
  must_be(read(fd, text, 1) == 1);
  job("none");
}
