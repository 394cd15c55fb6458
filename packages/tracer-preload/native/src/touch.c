/* Reads, writes, opens and mappings: each fact once for each process and open file. */
#include <fcntl.h>
#include <sys/mman.h>

#include "roar.h"

/* The entry if it is of this process; after a fork identities stay, but what the parent was seen to do was not done by the child. */
static struct descriptor *current(int fd) {
  struct descriptor *one = descriptor_at(fd, false);
  if (!one || !(one->bits & FD_KNOWN)) return descriptor_learn(fd, 0);
  if (one->bits & FD_LAZY) return descriptor_learn(fd, one->bits | FD_FRESH);
  one->bits &= ~(uint32_t)FD_FRESH;
  if (one->epoch != life->epoch || unlikely(descriptors_shared)) {
    struct stamp now;
    if (!stamp_fd(fd, &now) || !same_file(&now, &one->stamp)) return descriptor_learn(fd, 0);
    if (one->epoch != life->epoch) one->bits &= ~(uint32_t)(FD_READ | FD_WRITTEN);
    one->stamp = now;
    one->epoch = life->epoch;
  }
  return one;
}

static void report_once(int fd, struct descriptor *one, uint32_t seen, uint32_t access) {
  if (one->bits & (seen | FD_BORING)) return;
  struct stamp now = one->stamp;
  one->bits |= seen;
  /* A file that others may have changed since it was opened is asked again; one just asked about is not. */
  if (!descriptor_is_fresh(one) && !stamp_fd(fd, &now)) return;
  one->bits &= ~(uint32_t)(FD_FRESH | FD_OVERHEARD);
  if (access & ROAR_ACCESS_WRITTEN) {
    now.size = one->stamp.size;
    now.mtime_ns = one->stamp.mtime_ns;
    now.ctime_ns = one->stamp.ctime_ns;
  }
  fact_file(ROAR_RECORD_FILE, fd, &now, access);
}

/* In a vfork child: the table is the parent's, so nothing is looked up or kept. */
static void report_borrowed(int fd, uint32_t access) {
  struct stamp now;
  if (!stamp_fd(fd, &now) || !is_regular(&now)) return;
  introduce_borrowed();
  fact_file(ROAR_RECORD_FILE, fd, &now, access);
}

/*
 * Behind a shared table the number proves nothing: each file is told once by its own identity. Two that meet in one slot are told again, no more.
 */
static bool told_before(const struct stamp *stamp, uint32_t access) {
  static uint64_t told[1024];
  uint64_t key = (stamp->ino * 0x9e3779b97f4a7c15ull) ^ (stamp->dev << 20) ^ ((uint64_t)life->epoch << 40) ^ access;
  uint64_t *slot = &told[(key >> 17) % 1024];
  return __atomic_exchange_n(slot, key, __ATOMIC_RELAXED) == key;
}

static void report_shared(int fd, uint32_t access) {
  struct stamp now;
  if (!stamp_fd(fd, &now) || !is_regular(&now) || told_before(&now, access)) return;
  if ((access & ROAR_ACCESS_WRITTEN) && (SYS(SYS_fcntl, fd, F_GETFL, 0) & O_APPEND)) access |= ROAR_ACCESS_APPENDED;
  fact_file(ROAR_RECORD_FILE, fd, &now, access);
}

void touch_read_slow(int fd) {
  if (!live()) return;
  if (borrowed()) return report_borrowed(fd, ROAR_ACCESS_READ);
  if (unlikely(descriptors_shared)) return report_shared(fd, ROAR_ACCESS_READ);
  struct descriptor *one = current(fd);
  if (one) report_once(fd, one, FD_READ, ROAR_ACCESS_READ);
}

void touch_written_slow(int fd) {
  if (!live()) return;
  if (borrowed()) return report_borrowed(fd, ROAR_ACCESS_WRITTEN);
  if (unlikely(descriptors_shared)) return report_shared(fd, ROAR_ACCESS_WRITTEN);
  struct descriptor *one = current(fd);
  if (one) report_once(fd, one, FD_WRITTEN, ROAR_ACCESS_WRITTEN | (one->bits & FD_APPEND ? ROAR_ACCESS_APPENDED : 0));
}

/* The first write to a file that was there before this process: its bytes may be wanted. */
void touch_before_write_slow(int fd) {
  struct stamp now;
  if (!live() || borrowed()) return;
  if (unlikely(descriptors_shared)) {
    if (stamp_fd(fd, &now) && !told_before(&now, ROAR_ACCESS_EXISTED)) hold_bytes(&now, fd, NULL, 0);
    return;
  }
  struct descriptor *one = current(fd);
  if (!one || one->bits & (FD_BORING | FD_WRITTEN | FD_CREATED)) return;
  if (stamp_fd(fd, &now)) hold_bytes(&now, fd, NULL, 0);
}

static inline bool seen(int fd, uint32_t bits) {
  struct descriptor *one = descriptor_at(fd, false);
  return likely(one != NULL) && one->epoch == life->epoch && (one->bits & bits) && likely(!descriptors_shared);
}

void touch_read(int fd) {
  if (!seen(fd, FD_READ | FD_BORING)) touch_read_slow(fd);
}

void touch_written(int fd) {
  if (!seen(fd, FD_WRITTEN | FD_BORING)) touch_written_slow(fd);
}

void touch_before_write(int fd) {
  if (!seen(fd, FD_WRITTEN | FD_BORING | FD_CREATED)) touch_before_write_slow(fd);
}

static uint32_t bits_of(int flags) {
  int mode = flags & O_ACCMODE;
  uint32_t bits = (flags & O_APPEND) ? FD_APPEND : 0;
  if (flags & O_PATH) return FD_BORING;
  if (mode == O_RDONLY || mode == O_RDWR) bits |= FD_READABLE;
  if (mode == O_WRONLY || mode == O_RDWR) bits |= FD_WRITABLE;
  return bits;
}

static struct descriptor *enter(int fd, const struct opened *opened, uint32_t bits, uint32_t access) {
  bool lazy = !access && !(bits & (FD_WRITABLE | FD_BORING));
  if (lazy) descriptor_note(fd, bits);
  else descriptor_learn(fd, bits);
  struct descriptor *one = descriptor_at(fd, false);
  if (one && opened->path) place_hint(&one->hint, opened->dirfd, opened->path, opened->flags);
  return lazy ? NULL : one;
}

void touch_opened(int fd, const struct opened *opened) {
  if (fd < 0 || !live()) return;
  int flags = opened->flags;
  bool existed = opened->existed;
  const struct stamp *before = opened->before;
  bool making = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
  bool created = making && !existed;
  /* Linux cuts a file that is opened with O_RDONLY | O_TRUNC too, if the caller may write it. */
  bool truncated = existed && (flags & O_TRUNC) && !(flags & O_PATH);
  uint32_t access = created ? ROAR_ACCESS_CREATED : truncated ? ROAR_ACCESS_TRUNCATED | ROAR_ACCESS_EXISTED : 0;
  struct stamp now;
  if (borrowed()) {
    if (access) report_borrowed(fd, access);
    return;
  }
  struct descriptor *one = enter(fd, opened, bits_of(flags) | (created ? FD_CREATED : 0), access);
  if (!one || one->bits & FD_BORING || !access) return;
  now = one->stamp;
  if (truncated && before && same_file(before, &now)) now = *before;
  fact_file(ROAR_RECORD_FILE, fd, &now, access);
}

/* A store through a shared mapping is no call: `open` asks the reader to compare the file when the process is gone. */
void touch_mapped(int fd, int protection, int flags) {
  if (fd < 0 || (flags & MAP_ANONYMOUS) || !live()) return;
  struct descriptor *one = borrowed() ? NULL : current(fd);
  if (!one || one->bits & FD_BORING) return;
  bool shared = (flags & MAP_TYPE) == MAP_SHARED || (flags & MAP_TYPE) == MAP_SHARED_VALIDATE;
  if (protection & PROT_READ) report_once(fd, one, FD_READ, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED);
  if (!shared || !(one->bits & FD_WRITABLE)) return;
  struct stamp now;
  if (!stamp_fd(fd, &now)) return;
  if (!(one->bits & FD_CREATED)) hold_bytes(&now, fd, NULL, 0);
  fact_file(ROAR_RECORD_FILE, fd, &now, ROAR_ACCESS_MAY_WRITE | ROAR_ACCESS_OPEN);
}
