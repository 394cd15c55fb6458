/* What of the kernel's io_uring interface tells whether a submission can hide a file: for whoever looks at requests before the kernel takes them. */
#ifndef ROAR_RINGS_SHARED_H
#define ROAR_RINGS_SHARED_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROAR_RING_SQPOLL (1u << 1) /* a thread of the kernel takes the requests: no call hands them over */
#define ROAR_RING_SQE128 (1u << 10)
#define ROAR_RING_NO_MMAP (1u << 14)
#define ROAR_RING_NO_SQARRAY (1u << 16) /* Linux 6.6: requests are taken in their own order */
#define ROAR_RING_ENTER_REGISTERED (1u << 4)
/* The parts of a ring, by the offsets at which they are mapped. */
#define ROAR_RING_AT_QUEUE 0
#define ROAR_RING_AT_REQUESTS 0x10000000
#define ROAR_RING_MOST_REQUESTS 32768 /* the kernel's own bound */

/* The kernel's struct io_uring_params as far as the queue of requests (Linux 5.1, include/uapi/linux/io_uring.h). */
struct ring_settings {
  uint32_t requests, completions, flags, rest[7];
  struct {
    uint32_t head, tail, mask, entries, flags, dropped, indices, reserved;
    uint64_t user_address;
  } queue;
};

/*
 * Requests that neither touch a file's content nor its name nor lend a descriptor: waiting, timers, traffic of sockets, advice, flushing, buffers
 * (enum io_uring_op).
 */
static inline bool ring_names_no_file(uint8_t operation) {
  static const uint8_t harmless[] = {0, 3, 6, 7, 8, 10, 11, 12, 13, 14, 15, 20, 21, 24, 25, 26, 27, 29, 31, 32, 34, 45, 47, 50, 51, 52, 53, 56, 57, 58, 59};
  for (size_t i = 0; i < sizeof harmless; i++)
    if (harmless[i] == operation) return true;
  return false;
}

/* Reads the memory of the process that has the ring; false where it cannot be read. */
typedef bool ring_peek(void *into, uint64_t from, size_t size, void *context);

static inline bool ring_request_is_harmless(const struct ring_settings *has, uint64_t queue, uint64_t requests, uint32_t index, uint32_t mask, ring_peek *peek, void *context) {
  uint8_t operation;
  if (!(has->flags & ROAR_RING_NO_SQARRAY) && !peek(&index, queue + has->queue.indices + 4ull * index, sizeof index, context)) return false;
  return peek(&operation, requests + (index & mask) * (has->flags & ROAR_RING_SQE128 ? 128ull : 64ull), 1, context) && ring_names_no_file(operation);
}

/* Before io_uring_enter takes `submitted` requests. `queue` and `requests`: where the two parts are mapped. */
static inline bool ring_is_harmless(const struct ring_settings *has, uint64_t queue, uint64_t requests, uint32_t submitted, ring_peek *peek, void *context) {
  uint32_t head, tail, mask;
  if (!peek(&head, queue + has->queue.head, 4, context) || !peek(&tail, queue + has->queue.tail, 4, context)) return false;
  if (!peek(&mask, queue + has->queue.mask, 4, context)) return false;
  uint32_t count = tail - head < submitted ? tail - head : submitted;
  if (count > ROAR_RING_MOST_REQUESTS) return false;
  for (uint32_t i = 0; i < count; i++)
    if (!ring_request_is_harmless(has, queue, requests, (head + i) & mask, mask, peek, context)) return false;
  return true;
}

#endif
