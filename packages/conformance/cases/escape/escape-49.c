// title: what io_uring does without a word of its success is announced
// owed: E=N P=N T=N
// gaps: io-uring
// compiler: cc -Wl,--no-as-needed -luring
#include <liburing.h>
#include <poll.h>
#include "case.h"

#ifndef IOSQE_CQE_SKIP_SUCCESS
#define IOSQE_CQE_SKIP_SUCCESS (1 << 6)
#endif

int main(void) {
  struct io_uring ring;
  struct io_uring_cqe *end;
  if (io_uring_queue_init(4, &ring, 0) < 0) skip("no io_uring here: the kernel lacks it, or kernel.io_uring_disabled forbids it");
  if (!(ring.features & (1 << 11))) skip("io_uring always says that it has succeeded: Linux 5.17");
  int fd = must(open("a", O_RDONLY));
  struct io_uring_sqe *read = io_uring_get_sqe(&ring);
  io_uring_prep_read(read, fd, text, 5, 0);
  read->flags |= IOSQE_CQE_SKIP_SUCCESS | IOSQE_IO_LINK;
  io_uring_prep_nop(io_uring_get_sqe(&ring));
  must(io_uring_submit(&ring));
  must(io_uring_wait_cqe(&ring, &end));
  must_be(memcmp(text, "hello", 5) == 0);
  expect("R a");
  job("in a");
}
