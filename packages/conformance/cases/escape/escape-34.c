// title: io_uring that is refused is no gap
#include "case.h"

int main(void) {
  must_fail(syscall(SYS_io_uring_setup, 0, NULL));
  must(read(must(open("a", O_RDONLY)), text, 10));
  expect("R a");
  job("in a");
}
