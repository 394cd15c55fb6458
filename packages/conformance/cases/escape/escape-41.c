// title: a ring that only waits for events hides nothing: libuv's, which every Node program has
// owed: E=Y P=Y T=Y
#include "case.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include "ring.h"

int main(void) {
  struct ring ring = ring_make(0);
  int poller = must(epoll_create1(0)), events = must(eventfd(1, 0));
  struct epoll_event wanted = {.events = EPOLLIN};
  struct io_uring_sqe add = {.opcode = IORING_OP_EPOLL_CTL, .fd = poller, .len = EPOLL_CTL_ADD, .addr = (uintptr_t)&wanted, .off = (unsigned)events};
  for (int i = 0; i < 9; i++) must_be(ring_do(&ring, IORING_OP_NOP, -1, NULL, 0) == 0);
  must_be(ring_submit(&ring, add) == 0);
  must_be(epoll_wait(poller, &wanted, 1, 1000) == 1);
  int in = must(open("a", O_RDONLY));
  must_be(read(in, text, 10) == 5);
  expect("R a");
  job("in a");
}
