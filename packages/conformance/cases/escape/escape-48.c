// title: files that io_uring makes and cuts without a descriptor are made and cut
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
  int places[8] = {-1, -1, -1, -1, -1, -1, -1, -1};
  if (io_uring_queue_init(4, &ring, 0) < 0) skip("no io_uring here: the kernel lacks it, or kernel.io_uring_disabled forbids it");
  must(io_uring_register_files(&ring, places, 8));
  io_uring_prep_openat_direct(io_uring_get_sqe(&ring), AT_FDCWD, "n", O_WRONLY | O_CREAT, 0644, 3);
  if (done(&ring) < 0) skip("io_uring opens nothing into its own table: Linux 5.15");
  struct io_uring_sqe *write = io_uring_get_sqe(&ring);
  io_uring_prep_write(write, 3, "hello", 5, 0);
  write->flags |= IOSQE_FIXED_FILE;
  must_be(done(&ring) == 5);
  io_uring_prep_openat_direct(io_uring_get_sqe(&ring), AT_FDCWD, "m", O_WRONLY | O_CREAT, 0644, 0);
  must(done(&ring));
  io_uring_prep_openat_direct(io_uring_get_sqe(&ring), AT_FDCWD, "b", O_WRONLY | O_TRUNC, 0, 7);
  must(done(&ring));
  expect("C n");
  expect("W n");
  expect("C m");
  expect("W b");
  job("out n");
  job("out m");
  job("out b");
}
