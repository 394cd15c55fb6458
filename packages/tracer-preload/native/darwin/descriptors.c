/* What is open, and which of it was told: each fact once for each process and open file. */
#include <sys/mman.h>
#include <unistd.h>

#include "darwin.h"

enum { MOST = 1 << 14 };
enum { KNOWN = 1, BORING = 2, SEEN_READ = 4, SEEN_WRITTEN = 8, CREATED = 16, APPENDS = 32 };

/* Untouched pages of it take no memory. */
static struct descriptor {
  uint32_t pid, bits;
  struct stamp before; /* when it was opened, or first met */
} table[MOST];

static struct descriptor *slot(int fd) { return fd >= 0 && fd < MOST ? &table[fd] : NULL; }

static struct descriptor *learn(int fd, uint32_t bits) {
  struct descriptor *one = slot(fd);
  if (!one || !stamp_fd(fd, &one->before)) return NULL;
  if (!is_regular(&one->before)) bits |= BORING;
  else if (fcntl(fd, F_GETFL) & O_APPEND) bits |= APPENDS;
  one->pid = own_pid();
  one->bits = bits | KNOWN;
  return one;
}

/* After a fork files stay open; what the parent was seen to do was not done by the child. */
static struct descriptor *current(int fd) {
  struct descriptor *one = slot(fd);
  return one && (one->bits & KNOWN) && one->pid == own_pid() ? one : learn(fd, 0);
}

/* A number beyond the table: told by the file's identity. Two that meet in one place are told again, no more. */
static void tell_far(int fd, uint32_t access) {
  static uint64_t told[1024];
  struct stamp now;
  if (!stamp_fd(fd, &now) || !is_regular(&now)) return;
  uint64_t key = (now.ino * 0x9e3779b97f4a7c15ull) ^ (now.dev << 20) ^ ((uint64_t)own_pid() << 40) ^ access;
  if (__atomic_exchange_n(&told[(key >> 17) % 1024], key, __ATOMIC_RELAXED) != key) fact_file(fd, &now, access);
}

static void tell_once(int fd, uint32_t seen, uint32_t access) {
  int before = errno;
  struct descriptor *one = current(fd);
  if (!one) {
    if (fd >= MOST) tell_far(fd, access);
  } else if (!(one->bits & (seen | BORING))) {
    one->bits |= seen;
    if ((access & ROAR_ACCESS_WRITTEN) && (one->bits & APPENDS)) access |= ROAR_ACCESS_APPENDED;
    struct stamp now = one->before;
    /* What is read may have changed since it was opened; what is written over is what stood there before. */
    if ((access & ROAR_ACCESS_WRITTEN) || stamp_fd(fd, &now)) fact_file(fd, &now, access);
  }
  errno = before;
}

void touch_read(int fd) {
  if (live()) tell_once(fd, SEEN_READ, ROAR_ACCESS_READ);
}

void touch_written(int fd) {
  if (live()) tell_once(fd, SEEN_WRITTEN, ROAR_ACCESS_WRITTEN);
}

/* The first write to a file that was there before this process: its bytes may be wanted. */
void touch_before_write(int fd) {
  int before = errno;
  struct descriptor *one = live() ? current(fd) : NULL;
  struct stamp now;
  if (one && !(one->bits & (BORING | SEEN_WRITTEN | CREATED)) && stamp_fd(fd, &now)) hold_fd(fd, &now);
  errno = before;
}

/* Whether an open made or cut the file is known only from a look before it. */
void opening_begin(struct opening *opening, int dirfd, const char *path, int flags) {
  *opening = (struct opening){.dirfd = dirfd, .flags = flags, .path = path, .existed = true};
  if (!(flags & (O_CREAT | O_TRUNC)) || !path || !live()) return;
  int before = errno;
  opening->existed = stamp_path(dirfd, path, 0, &opening->before);
  if (opening->existed && (flags & O_TRUNC) && !(flags & O_EXCL)) hold_named(dirfd, path, &opening->before);
  errno = before;
}

int opening_end(const struct opening *opening, int fd) {
  if (fd < 0 || !live()) return fd;
  int before = errno;
  bool created = (opening->flags & O_CREAT) && !opening->existed, cut = opening->existed && (opening->flags & O_TRUNC);
  struct descriptor *one = slot(fd);
  /* Opened only to be read: asked about when it is. */
  if (one) one->bits = 0;
  if (created || cut || (opening->flags & O_ACCMODE) != O_RDONLY) one = learn(fd, created ? CREATED : 0);
  if (one && (created || cut) && !(one->bits & BORING)) {
    struct stamp now = cut && same_file(&opening->before, &one->before) ? opening->before : one->before;
    fact_file(fd, &now, created ? ROAR_ACCESS_CREATED : ROAR_ACCESS_TRUNCATED | ROAR_ACCESS_EXISTED);
  }
  errno = before;
  return fd;
}

/* A store through a shared mapping is no call: `open` asks the reader to compare the file when the process is gone. */
void touch_mapped(int fd, int protection, int flags) {
  if (fd < 0 || (flags & MAP_ANON) || !live()) return;
  int before = errno;
  struct descriptor *one = current(fd);
  struct stamp now;
  if (protection & PROT_READ) tell_once(fd, SEEN_READ, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED);
  bool may_store = (flags & MAP_SHARED) && one && !(one->bits & BORING) && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR;
  if (may_store && stamp_fd(fd, &now)) {
    if (!(one->bits & CREATED)) hold_fd(fd, &now);
    fact_file(fd, &now, ROAR_ACCESS_MAY_WRITE | ROAR_ACCESS_OPEN);
  }
  errno = before;
}

void descriptor_forget(int fd) {
  struct descriptor *one = slot(fd);
  if (one) one->bits = 0;
}

int descriptor_copy(int from, int to) {
  struct descriptor *source = slot(from), *target = slot(to);
  if (target && to >= 0 && to != from) {
    if (source) *target = *source;
    else target->bits = 0;
  }
  return to;
}
