// One request of io_uring at a time, with the kernel's own interface: no library is needed.
#ifndef RING_H
#define RING_H
#include <linux/io_uring.h>
#include <stdatomic.h>
#include <stdbool.h>

struct ring {
  int fd;
  unsigned char flags;  // of each request
  bool polled;          // a thread of the kernel takes them
  char *queues;         // both, since Linux 5.4
  struct io_uring_sqe *requests;
  struct io_uring_params has;
};

static inline unsigned *ring_word(struct ring *ring, unsigned offset) { return (unsigned *)(ring->queues + offset); }

static inline struct ring ring_make(unsigned flags) {
  struct ring ring = {.polled = flags & IORING_SETUP_SQPOLL};
  ring.has.flags = flags;
  ring.has.sq_thread_idle = 2000;
  ring.fd = (int)syscall(SYS_io_uring_setup, 4, &ring.has);
  if (ring.fd < 0) skip("no io_uring here: the kernel lacks it, or kernel.io_uring_disabled forbids it");
  const int prot = PROT_READ | PROT_WRITE;
  size_t size = ring.has.cq_off.cqes + ring.has.cq_entries * sizeof(struct io_uring_cqe);
  ring.queues = mmap(NULL, size, prot, MAP_SHARED, ring.fd, IORING_OFF_SQ_RING);
  ring.requests = mmap(NULL, 4 * sizeof *ring.requests, prot, MAP_SHARED, ring.fd, IORING_OFF_SQES);
  must_be(ring.queues != MAP_FAILED && (void *)ring.requests != MAP_FAILED);
  return ring;
}

// The kernel's thread must be told when it has fallen asleep; otherwise the call itself hands the request over.
static inline void ring_hand_over(struct ring *ring) {
  unsigned wake = ring->polled && (*ring_word(ring, ring->has.sq_off.flags) & IORING_SQ_NEED_WAKEUP) ? IORING_ENTER_SQ_WAKEUP : 0;
  must(syscall(SYS_io_uring_enter, ring->fd, ring->polled ? 0 : 1, 1, IORING_ENTER_GETEVENTS | wake, NULL, 0));
}

static inline int ring_wait(struct ring *ring) {
  unsigned *head = ring_word(ring, ring->has.cq_off.head);
  _Atomic unsigned *tail = (_Atomic unsigned *)ring_word(ring, ring->has.cq_off.tail);
  must_be(*head != atomic_load(tail));
  struct io_uring_cqe *done = (struct io_uring_cqe *)(ring->queues + ring->has.cq_off.cqes);
  int result = done[*head & *ring_word(ring, ring->has.cq_off.ring_mask)].res;
  atomic_store((_Atomic unsigned *)head, *head + 1);
  return result;
}

static inline int ring_submit(struct ring *ring, struct io_uring_sqe request) {
  _Atomic unsigned *tail = (_Atomic unsigned *)ring_word(ring, ring->has.sq_off.tail);
  unsigned at = *tail & *ring_word(ring, ring->has.sq_off.ring_mask);
  ring->requests[at] = request;
  ring_word(ring, ring->has.sq_off.array)[at] = at;
  atomic_store(tail, *tail + 1);
  ring_hand_over(ring);
  return ring_wait(ring);
}

static inline int ring_do(struct ring *ring, unsigned char operation, int fd, void *bytes, unsigned size) {
  struct io_uring_sqe request = {.opcode = operation, .flags = ring->flags, .fd = fd, .addr = (uintptr_t)bytes, .len = size};
  return ring_submit(ring, request);
}

static inline int ring_open(struct ring *ring, const char *path, unsigned flags) {
  struct io_uring_sqe request = {.opcode = IORING_OP_OPENAT, .fd = AT_FDCWD, .addr = (uintptr_t)path, .len = 0644, .open_flags = flags};
  return (int)must(ring_submit(ring, request));
}
#endif
