// title: vectors at the position, and appended whatever the descriptor says, are reads and writes
// files: k=hello
#include "case.h"
#include <sys/uio.h>

int main(void) {
  struct iovec part = {text, 5};
  must_be(preadv2(must(open("a", O_RDONLY)), &part, 1, -1, 0) == 5);
  must_be(preadv2(must(open("b", O_RDONLY)), &part, 1, 0, RWF_HIPRI) > 0);
  struct iovec more = {(char *)"more", 4};
  int fd = must(open("k", O_WRONLY));
  must_be(pwritev2(fd, &more, 1, 0, RWF_APPEND) == 4);
  must_be(pwritev2(must(open("n", O_WRONLY | O_CREAT, 0644)), &more, 1, -1, RWF_DSYNC) == 4);
  expect("R a");
  expect("R b");
  expect("W k");
  expect("C n");
  expect("W n");
  job("in a");
  job("in b");
  job("[out k]");
  job("[append k]");
  job("out n");
}
