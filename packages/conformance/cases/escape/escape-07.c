// title: a thread of the kernel reads a registered file from io_uring
// owed: E=Y P=N T=N
// gaps: io-uring
#include "case.h"
#include "ring.h"

int main(void) {
  struct ring ring = ring_make(IORING_SETUP_SQPOLL);
  int fd = ring_open(&ring, "a", O_RDONLY);
  must(syscall(SYS_io_uring_register, ring.fd, IORING_REGISTER_FILES, &fd, 1));
  ring.flags = IOSQE_FIXED_FILE;
  must_be(ring_do(&ring, IORING_OP_READ, 0, text, 10) == 5);
  expect("R a");
  job("in a");
}
