/* Reads the run's ring: one page that says how far it was read, one that says how far it is written, and the data twice in a row (Linux kernel/bpf/ringbuf.c). */
#include <sys/mman.h>
#include <unistd.h>

#include "follow.h"

#define BUSY (1u << 31)    /* BPF_RINGBUF_BUSY_BIT */
#define DISCARD (1u << 30) /* BPF_RINGBUF_DISCARD_BIT */
#define HEAD 8u            /* BPF_RINGBUF_HDR_SZ */

static unsigned long *consumed;
static const unsigned long *produced;
static const char *data;
static size_t mask;

bool ring_open(int fd, size_t bytes) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  void *first = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  void *rest = mmap(NULL, page + 2 * bytes, PROT_READ, MAP_SHARED, fd, (off_t)page);
  if (first == MAP_FAILED || rest == MAP_FAILED) return false;
  consumed = first;
  produced = rest;
  data = (const char *)rest + page;
  mask = bytes - 1;
  return true;
}

/* The place is given back for a page or so at a time: each time the kernel's side has to fetch the word from this processor. */
enum { GIVE_BACK = 8192 };

size_t ring_read(void (*each)(const struct event *)) {
  size_t count = 0;
  unsigned long at = *consumed, given = at;
  while (at < __atomic_load_n(produced, __ATOMIC_ACQUIRE)) {
    const char *record = data + (at & mask);
    uint32_t head = __atomic_load_n((const uint32_t *)record, __ATOMIC_ACQUIRE), size = head & ~(BUSY | DISCARD);
    if (head & BUSY) break;
    if (!(head & DISCARD)) {
      each((const struct event *)(record + HEAD));
      count++;
    }
    at += (size + HEAD + 7) & ~7u;
    if (at - given < GIVE_BACK) continue;
    __atomic_store_n(consumed, given = at, __ATOMIC_RELEASE);
  }
  __atomic_store_n(consumed, at, __ATOMIC_RELEASE);
  return count;
}
