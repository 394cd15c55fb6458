/* What is known of each open descriptor: pages of entries, made when a descriptor is first met. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

#include "roar.h"

#define GROUP 512
#define GROUPS 2048 /* a million descriptors; beyond it the kernel is asked each time */

/* Few programs have more open than these: no mapping has to be made for them, and only the pages that are used come to exist. */
static struct descriptor first_group[GROUP];
static struct descriptor *volatile groups[GROUPS];
/* One above the highest number ever met: what lies behind it are pages that were never touched, and looking at one makes it. */
HOT static volatile unsigned met;
HOT volatile bool descriptors_shared;

static struct descriptor *make_group(unsigned index) {
  long page = SYS(SYS_mmap, 0, GROUP * sizeof(struct descriptor), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (page < 0 && page > -4096) return NULL;
  struct descriptor *none = NULL, *made = (struct descriptor *)page;
  if (__atomic_compare_exchange_n(&groups[index], &none, made, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return made;
  SYS(SYS_munmap, page, GROUP * sizeof(struct descriptor));
  return groups[index];
}

static void meet(unsigned end) {
  unsigned known = __atomic_load_n(&met, __ATOMIC_RELAXED);
  while (unlikely(known < end) && !__atomic_compare_exchange_n(&met, &known, end, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
}

struct descriptor *descriptor_at(int fd, bool make) {
  if (fd < 0 || fd >= GROUP * GROUPS) return NULL;
  unsigned index = (unsigned)fd / GROUP;
  struct descriptor *group = index ? __atomic_load_n(&groups[index], __ATOMIC_ACQUIRE) : first_group;
  if (!group && make) group = make_group(index);
  if (make) meet((unsigned)fd + 1);
  return group ? &group[(unsigned)fd % GROUP] : NULL;
}

static uint32_t modes_of(int fd) {
  long flags = SYS(SYS_fcntl, fd, F_GETFL, 0);
  if (flags < 0 || (flags & O_PATH)) return FD_BORING;
  int mode = (int)flags & O_ACCMODE;
  uint32_t bits = (flags & O_APPEND) ? FD_APPEND : 0;
  if (mode == O_RDONLY || mode == O_RDWR) bits |= FD_READABLE;
  if (mode == O_WRONLY || mode == O_RDWR) bits |= FD_WRITABLE;
  return bits;
}

struct descriptor *descriptor_learn(int fd, uint32_t bits) {
  struct descriptor *one = descriptor_at(fd, true);
  if (!one) return NULL;
  if (!stamp_fd(fd, &one->stamp)) return NULL;
  if (!is_regular(&one->stamp)) bits |= FD_BORING;
  else if (!(bits & (FD_READABLE | FD_WRITABLE))) bits |= modes_of(fd);
  if (one->stamp.links == 0) bits |= FD_UNNAMED;
  one->position = -1;
  one->stream = NULL;
  if (!(bits & FD_LAZY)) one->hint.length = 0;
  if (!(bits & FD_LAZY)) one->unheard = unlikely(unseen_calls) && !(bits & FD_BORING) ? unheard_now() : (struct unheard){0, 0};
  one->bits = (bits & ~(uint32_t)FD_LAZY) | FD_KNOWN;
  __atomic_store_n(&one->epoch, life->epoch, __ATOMIC_RELEASE);
  return one;
}

/* Most files that are opened for reading are read, and asked about then; a directory or a device never is. */
void descriptor_note(int fd, uint32_t bits) {
  struct descriptor *one = descriptor_at(fd, true);
  if (!one) return;
  one->position = -1;
  one->stream = NULL;
  one->unheard = unlikely(unseen_calls) ? unheard_now() : (struct unheard){0, 0};
  one->bits = bits | FD_KNOWN | FD_LAZY;
  __atomic_store_n(&one->epoch, life->epoch, __ATOMIC_RELEASE);
}

/* A tick is some milliseconds long (4 where the kernel's HZ is 250). 0: no such clock. */
int64_t coarse_now(void) {
  struct timespec now;
  if (!clock_of_kernel || clock_of_kernel(CLOCK_MONOTONIC_COARSE, &now) != 0) return 0;
  return now.tv_sec * (int64_t)NS_PER_S + now.tv_nsec;
}

/*
 * Most programs ask for the size of what they open before they read it: their answer is ours, as long as it is fresh. That saves one system call in
 * six of an archiver's, the only one of ours that most files ever cost.
 */
void descriptor_overhear(int fd, const struct stat *found) {
  struct descriptor *one = descriptor_at(fd, false);
  if (!one || !(one->bits & FD_LAZY) || one->epoch != life->epoch || descriptors_shared || !(one->asked = coarse_now())) return;
  stamp_from(&one->stamp, found);
  if (!is_regular(&one->stamp)) one->bits |= FD_BORING;
  if (one->stamp.links == 0) one->bits |= FD_UNNAMED;
  one->bits = (one->bits & ~(uint32_t)FD_LAZY) | FD_OVERHEARD;
}

bool descriptor_is_fresh(const struct descriptor *one) {
  return (one->bits & FD_FRESH) || ((one->bits & FD_OVERHEARD) && one->asked == coarse_now());
}

void descriptor_forget(int fd) {
  struct descriptor *one = descriptor_at(fd, false);
  if (!one) return;
  one->bits = 0;
  one->stream = NULL;
}

void descriptor_forget_range(unsigned first, unsigned last) {
  for (unsigned fd = first; fd < met && fd <= last; fd++) {
    const struct descriptor *one = descriptor_at((int)fd, false);
    if (one && one->bits) descriptor_forget((int)fd);
  }
}

/* The copy shares the open file; what it was seen to do was seen. */
void descriptor_copy(int from, int to) {
  struct descriptor *source = descriptor_at(from, false), *target = descriptor_at(to, true);
  if (!target) return;
  if (!source || !(source->bits & FD_KNOWN)) {
    descriptor_forget(to);
    return;
  }
  target->stamp = source->stamp;
  target->position = source->position;
  target->stream = NULL;
  target->bits = source->bits;
  target->unheard = source->unheard;
  target->hint = source->hint;
  target->epoch = source->epoch;
}

void descriptor_each(void (*visit)(int fd, struct descriptor *one)) {
  for (unsigned fd = 0; fd < met; fd++) {
    struct descriptor *one = descriptor_at((int)fd, false);
    if (one && (one->bits & FD_KNOWN)) visit((int)fd, one);
  }
}

/* The open file is shared by copies of the number (dup(2)), so each that may be one is asked. What it writes from now on is told anew. */
void descriptor_remode(int changed) {
  const struct descriptor *source = descriptor_at(changed, false);
  if (!source || !(source->bits & FD_KNOWN) || source->bits & FD_BORING) return;
  const struct stamp file = source->stamp;
  for (unsigned fd = 0; fd < met; fd++) {
    struct descriptor *one = descriptor_at((int)fd, false);
    if (!one || !(one->bits & FD_KNOWN) || !(one->bits & FD_WRITABLE) || !same_file(&one->stamp, &file)) continue;
    if ((modes_of((int)fd) & FD_APPEND) != (one->bits & FD_APPEND)) one->bits = (one->bits ^ FD_APPEND) & ~(uint32_t)FD_WRITTEN;
  }
}

/* Who has changed the file since we saw it is left to be told: only a version that we know moves on. */
static void retime_one(struct descriptor *one, const struct stamp *before, const struct stamp *after) {
  if (one->bits & (FD_BORING | FD_LAZY | FD_WRITTEN) || !(one->bits & FD_WRITABLE) || one->epoch != life->epoch) return;
  if (!same_file(&one->stamp, before) || !same_version(&one->stamp, before)) return;
  one->stamp.mtime_ns = after->mtime_ns;
  one->stamp.ctime_ns = after->ctime_ns;
}

void descriptor_retime(const struct stamp *before, const struct stamp *after) {
  for (unsigned fd = 0; fd < met; fd++) {
    struct descriptor *one = descriptor_at((int)fd, false);
    if (one && (one->bits & FD_KNOWN)) retime_one(one, before, after);
  }
}
