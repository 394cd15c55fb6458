/*
 * io_uring's queues, looked at as they are handed over. libuv (1.45 and later, hence Node 20.3.1 and later where the kernel lets it) makes one for
 * epoll_ctl alone: a ring that only waits hides no file. One whose requests cannot be looked at, or that is given a file, is told.
 */
#include <sys/uio.h>

#include "rings.h"

#define RINGS 32
#define SETUP_SQPOLL (1u << 1) /* a thread of the kernel takes the requests: no call hands them over */
#define SETUP_SQE128 (1u << 10)
#define SETUP_NO_MMAP (1u << 14)
#define SETUP_NO_SQARRAY (1u << 16) /* Linux 6.6: requests are taken in their own order */
#define ENTER_REGISTERED_RING (1u << 4)
#define AT_QUEUE 0
#define AT_REQUESTS 0x10000000
#define MOST_REQUESTS 32768 /* the kernel's own bound */

static struct ring {
  int fd; /* plus one: 0 is a free place */
  bool told;
  const char *queue;
  const char *requests;
  struct ring_settings settings;
} rings[RINGS];
HOT static volatile bool any;
/* One that came from another process, or by a number that only the kernel knows. */
HOT static bool strange_told;

void ring_told(void) {
  if (live()) fact_gap("io-uring", injection.program);
}

static struct ring *ring_at(int fd) {
  for (int i = 0; i < RINGS; i++)
    if (__atomic_load_n(&rings[i].fd, __ATOMIC_ACQUIRE) == fd + 1) return &rings[i];
  return NULL;
}

/* A number that comes again is another ring: its first one was closed. */
static struct ring *place_for(int fd) {
  struct ring *one = ring_at(fd);
  int none = 0;
  for (int i = 0; i < RINGS && !one; i++, none = 0)
    if (__atomic_compare_exchange_n(&rings[i].fd, &none, -1, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) one = &rings[i];
  return one;
}

void ring_made(long fd, const struct ring_settings *settings) {
  if (fd < 0 || !live()) return;
  struct ring *one = borrowed() || settings->flags & (SETUP_SQPOLL | SETUP_NO_MMAP) ? NULL : place_for((int)fd);
  if (!one) return ring_told();
  one->told = false;
  one->queue = one->requests = NULL;
  one->settings = *settings;
  __atomic_store_n(&one->fd, (int)fd + 1, __ATOMIC_RELEASE);
  any = true;
}

void ring_mapped(int fd, const void *start, off_t at) {
  struct ring *one = likely(!any) ? NULL : ring_at(fd);
  if (!one) return;
  if (at == AT_QUEUE) one->queue = start;
  if (at == AT_REQUESTS) one->requests = start;
}

/* By the kernel, which says EFAULT where the program has unmapped the queue meanwhile; a load of ours would kill it. */
static bool peek(void *into, const void *from, size_t size) {
  struct iovec local = {into, size}, remote = {(void *)from, size};
  return SYS(SYS_process_vm_readv, own_pid(), &local, 1, &remote, 1, 0) == (long)size;
}

/*
 * Requests that neither touch a file's content nor its name nor lend a descriptor: waiting, timers, traffic of sockets, advice, flushing, buffers
 * (enum io_uring_op).
 */
static bool names_no_file(uint8_t operation) {
  static const uint8_t harmless[] = {0, 3, 6, 7, 8, 10, 11, 12, 13, 14, 15, 20, 21, 24, 25, 26, 27, 29, 31, 32, 34, 45, 47, 50, 51, 52, 53, 56, 57, 58, 59};
  for (size_t i = 0; i < sizeof harmless; i++)
    if (harmless[i] == operation) return true;
  return false;
}

static bool request_is_harmless(const struct ring *one, uint32_t position, uint32_t mask) {
  const struct ring_settings *has = &one->settings;
  uint32_t index = position & mask;
  if (!(has->flags & SETUP_NO_SQARRAY) && !peek(&index, one->queue + has->queue.indices + 4ul * index, sizeof index)) return false;
  uint8_t operation;
  size_t size = has->flags & SETUP_SQE128 ? 128 : 64;
  return peek(&operation, one->requests + (index & mask) * size, 1) && names_no_file(operation);
}

static bool all_harmless(const struct ring *one, unsigned submitted) {
  uint32_t head, tail, mask;
  if (!one->queue || !one->requests) return false;
  const struct ring_settings *has = &one->settings;
  if (!peek(&head, one->queue + has->queue.head, 4) || !peek(&tail, one->queue + has->queue.tail, 4)) return false;
  if (!peek(&mask, one->queue + has->queue.mask, 4)) return false;
  uint32_t count = tail - head < submitted ? tail - head : submitted;
  if (count > MOST_REQUESTS) return false;
  for (uint32_t i = 0; i < count; i++)
    if (!request_is_harmless(one, head + i, mask)) return false;
  return true;
}

void ring_entered(int fd, unsigned submitted, unsigned flags) {
  if (!submitted || !live()) return;
  struct ring *one = flags & ENTER_REGISTERED_RING ? NULL : ring_at(fd);
  bool *told = one ? &one->told : &strange_told;
  if (*told || (one && all_harmless(one, submitted))) return;
  *told = true;
  ring_told();
}
