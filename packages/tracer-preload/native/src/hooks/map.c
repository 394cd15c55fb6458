/* Mappings: bytes that are read and written without a call. */
#include <fcntl.h>
#include <sys/mman.h>

#include "../rings.h"
#include "hook.h"

/* Maps whose rights may still grow: of a file that may be read or written later through mprotect. A ring: the oldest is forgotten. */
#define WAITING 32
struct waiting {
  uintptr_t start, end;
  struct stamp stamp;
  size_t length;
  bool wants_read, wants_write;
  char path[PATH_BYTES];
};
static struct waiting waiting[WAITING];
static unsigned next_waiting;

static void wait_for_rights(uintptr_t start, size_t size, int fd, bool wants_read, bool wants_write) {
  struct waiting *one = &waiting[__atomic_fetch_add(&next_waiting, 1, __ATOMIC_RELAXED) % WAITING];
  uint32_t flags = 0;
  one->end = 0;
  if (!stamp_fd(fd, &one->stamp) || !is_regular(&one->stamp)) return;
  one->length = path_of_fd(fd, one->path, &flags);
  if (!one->length) return;
  one->wants_read = wants_read;
  one->wants_write = wants_write;
  one->start = start;
  one->end = start + size;
}

static void mapped(uintptr_t start, size_t size, int protection, int flags, int fd, off_t at) {
  bool shared = (flags & MAP_TYPE) == MAP_SHARED || (flags & MAP_TYPE) == MAP_SHARED_VALIDATE;
  struct descriptor *one;
  ring_mapped(fd, (const void *)start, at);
  touch_mapped(fd, protection, flags);
  if (borrowed() || !(one = descriptor_at(fd, false)) || (one->bits & FD_BORING)) return;
  bool may_read = !(protection & PROT_READ), may_write = shared && !(protection & PROT_WRITE) && (one->bits & FD_WRITABLE);
  if (may_read || may_write) wait_for_rights(start, size, fd, may_read, may_write);
}

#define MMAP(name, other)                                                                                        \
  EXPORT void *name(void *where, size_t size, int protection, int flags, int fd, off_t at) {                     \
    void *map = fd >= 0 && may_pass(real_at(REAL_##name))                                                        \
                  ? (void *)PASSED(SYS_mmap, where, size, protection, flags, fd, at)                              \
                  : FORWARD(name, other, void *(*)(void *, size_t, int, int, int, off_t))(where, size, protection, flags, fd, at); \
    if (fd >= 0 && !(flags & MAP_ANONYMOUS) && map != MAP_FAILED && live()) mapped((uintptr_t)map, size, protection, flags, fd, at); \
    return map;                                                                                                  \
  }
MMAP(mmap, mmap64)
MMAP(mmap64, mmap)

static void gain(struct waiting *one, int protection) {
  if (one->wants_read && (protection & PROT_READ)) {
    one->wants_read = false;
    fact_file_at(ROAR_RECORD_FILE, one->path, one->length, &one->stamp, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED, 0);
  }
  if (one->wants_write && (protection & PROT_WRITE)) {
    one->wants_write = false;
    hold_bytes(&one->stamp, -1, one->path, one->length);
    fact_file_at(ROAR_RECORD_FILE, one->path, one->length, &one->stamp, ROAR_ACCESS_MAY_WRITE | ROAR_ACCESS_OPEN, 0);
  }
}

/* Before the real call: once it is made another thread may store at once. */
EXPORT int mprotect(void *where, size_t size, int protection) {
  uintptr_t start = (uintptr_t)where;
  if (unlikely(next_waiting) && (protection & (PROT_READ | PROT_WRITE)) && live())
    for (int i = 0; i < WAITING; i++)
      if (waiting[i].end > start && waiting[i].start < start + size) gain(&waiting[i], protection);
  return REAL(mprotect, int (*)(void *, size_t, int))(where, size, protection);
}
