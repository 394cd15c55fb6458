// title: liburing enters the kernel by itself, and is announced all the same
// owed: E=Y P=N T=N
// gaps: io-uring
// compiler: cc -Wl,--no-as-needed -luring
#include <liburing.h>
#include "case.h"

static int done(struct io_uring *ring) {
  struct io_uring_cqe *end;
  must(io_uring_submit(ring));
  must(io_uring_wait_cqe(ring, &end));
  int result = end->res;
  io_uring_cqe_seen(ring, end);
  return result;
}

int main(void) {
  struct io_uring ring;
  if (io_uring_queue_init(4, &ring, 0) < 0) skip("no io_uring here: the kernel lacks it, or kernel.io_uring_disabled forbids it");
  io_uring_prep_openat(io_uring_get_sqe(&ring), AT_FDCWD, "a", O_RDONLY, 0);
  int fd = must(done(&ring));
  io_uring_prep_read(io_uring_get_sqe(&ring), fd, text, 10, 0);
  must_be(done(&ring) == 5);
  expect("R a");
  job("in a");
}
