/*
 * io_uring's queues, looked at as they are handed over. libuv (1.45 and later, hence Node 20.3.1 and later where the kernel lets it) makes one for
 * epoll_ctl alone: a ring that only waits hides no file. One whose requests cannot be looked at, or that is given a file, is told.
 */
#include <sys/uio.h>

#include "rings.h"

#define RINGS 32

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
  struct ring *one = borrowed() || settings->flags & (ROAR_RING_SQPOLL | ROAR_RING_NO_MMAP) ? NULL : place_for((int)fd);
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
  if (at == ROAR_RING_AT_QUEUE) one->queue = start;
  if (at == ROAR_RING_AT_REQUESTS) one->requests = start;
}

/* By the kernel, which says EFAULT where the program has unmapped the queue meanwhile; a load of ours would kill it. */
static bool peek(void *into, uint64_t from, size_t size, void *unused) {
  (void)unused;
  struct iovec local = {into, size}, remote = {(void *)(uintptr_t)from, size};
  return SYS(SYS_process_vm_readv, SYS(SYS_getpid, 0), &local, 1, &remote, 1, 0) == (long)size;
}

static bool all_harmless(const struct ring *one, unsigned submitted) {
  if (!one->queue || !one->requests) return false;
  return ring_is_harmless(&one->settings, (uintptr_t)one->queue, (uintptr_t)one->requests, submitted, peek, NULL);
}

void ring_entered(int fd, unsigned submitted, unsigned flags) {
  if (!submitted || !live()) return;
  struct ring *one = flags & ROAR_RING_ENTER_REGISTERED ? NULL : ring_at(fd);
  bool *told = one ? &one->told : &strange_told;
  if (*told || (one && all_harmless(one, submitted))) return;
  *told = true;
  ring_told();
}
