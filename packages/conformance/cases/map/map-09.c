// title: a reservation becomes a read when it is made readable
#include "case.h"

int main(void) {
  int fd = must(open("a", O_RDONLY));
  char *at = mmap(NULL, 8192, PROT_NONE, MAP_PRIVATE, fd, 0);
  must_be(at != MAP_FAILED);
  must_be(mmap(at, 4096, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) == at && *at == 'h');
  expect("R a");
  job("in a");
}
