/* The append log: one shared mapping, space by one atomic add, commit by a last store. Survives the death of anybody at any instruction. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "roar.h"
#include "roar_record.h"

#define HEAD (ROAR_LAYOUT_HEADER + ROAR_LAYOUT_FILTER)
#define LARGEST_PAGE (64ul << 10)
#define WINDOW_WIDE (64ul << 20)
#define WINDOW_NARROW (1ul << 20) /* under an address space limit the program needs its room */
/* A short process writes two pages; a long one asks for more at a time. */
#define POPULATE_FIRST (8ul << 10)
#define POPULATE_MOST (64ul << 10)
#define WAKE_STEP (16ul << 20)
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

HOT static char *volatile base; /* the header and the filter */
/* A record lies at `room` and its offset. Under a limit the process maps from where the log ends at its own start: `start`, else 0. */
HOT static char *volatile room;
HOT static size_t start;
HOT static volatile size_t length; /* the first offset that is not mapped */
HOT static volatile size_t populated;
HOT static volatile size_t populate_step;
HOT uint64_t log_born;

struct roar_header *log_header(void) { return (struct roar_header *)base; }

bool log_closed(void) { return !base || __atomic_load_n(&log_header()->closed, __ATOMIC_RELAXED); }

bool log_holds(uintptr_t address) {
  return base && (address - (uintptr_t)base < HEAD || address - (uintptr_t)(room + start) < length - start);
}

static size_t window_size(void) {
  struct rlimit limit = {0, 0};
  SYS(SYS_prlimit64, 0, RLIMIT_AS, 0, &limit);
  return limit.rlim_cur == RLIM_INFINITY ? WINDOW_WIDE : WINDOW_NARROW;
}

static bool is_our_log(const struct roar_header *header) {
  return same_text(header->magic, ROAR_TRACE_MAGIC) && header->version == ROAR_TRACE_VERSION && header->build_id == ROAR_TRACE_BUILD_ID;
}

/* A forked child has the mapping, and none of its pages: each would be a fault in the middle of a record. */
void log_reborn(void) {
  populated = start > HEAD ? start : HEAD;
  populate_step = POPULATE_FIRST;
}

static char *map_log(long fd, size_t from, size_t size) {
  long map = SYS(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, from);
  if (map < 0 && map > -4096) return NULL;
  SYS(SYS_madvise, map, size, MADV_DONTDUMP);
  return (char *)map;
}

/* All from the beginning, or, where the program needs its room, no more than it writes itself: in a long run the beginning is far away. */
static bool map_records(long fd, char *head, size_t size) {
  if (size == WINDOW_WIDE) {
    room = head;
    length = size;
    return true;
  }
  start = __atomic_load_n(&((const struct roar_header *)head)->tail, __ATOMIC_RELAXED) & ~(LARGEST_PAGE - 1);
  char *records = map_log(fd, start, size);
  if (!records) return false;
  room = records - start;
  length = start + size;
  return true;
}

static bool open_here(long fd) {
  size_t size = window_size(), whole = size == WINDOW_WIDE ? size : HEAD;
  char *head = map_log(fd, 0, whole);
  log_born = file_birth((int)fd, NULL);
  if (!head) return false;
  if (!is_our_log((const struct roar_header *)head) || !map_records(fd, head, size)) {
    SYS(SYS_munmap, head, whole);
    return false;
  }
  log_reborn();
  __atomic_store_n(&base, head, __ATOMIC_RELEASE);
  return true;
}

bool log_open(const char *path) {
  long fd = SYS(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
  if (fd < 0) return false;
  bool opened = open_here(fd);
  SYS(SYS_close, fd);
  return opened;
}

/* A longer mapping beside the old one, which others may be writing through: old size 0 duplicates a shared mapping without any descriptor. */
static bool widen(size_t needed) {
  size_t wanted = length;
  while (wanted < needed) wanted += length - start < WINDOW_WIDE ? WINDOW_NARROW : WINDOW_WIDE;
  if (wanted > log_header()->capacity) return false;
  long map = SYS(SYS_mremap, room + start, 0, wanted - start, MREMAP_MAYMOVE, 0);
  if (map < 0 && map > -4096) return false;
  SYS(SYS_madvise, map, wanted - start, MADV_DONTDUMP);
  __atomic_store_n(&room, (char *)map - start, __ATOMIC_RELEASE);
  __atomic_store_n(&length, wanted, __ATOMIC_RELEASE);
  return true;
}

/*
 * A store into a page that the file system cannot give (tmpfs full) is a SIGBUS; MADV_POPULATE_WRITE (Linux 5.14) gives an error instead.
 * Older kernels answer EINVAL: there the risk stays.
 */
static bool populate(size_t from, size_t end) {
  if (end <= populated) return true;
  size_t first = (from > populated ? from : populated) & ~4095ul;
  size_t step = populate_step;
  if (step < POPULATE_MOST) populate_step = step * 2;
  if (step < end - first) step = (end - first + 4095) & ~4095ul;
  if (first + step > length) step = length - first;
  long result = SYS(SYS_madvise, room + first, step, MADV_POPULATE_WRITE);
  if (result < 0 && result != -22) return false;
  populated = first + step;
  return true;
}

static void *lose(void) {
  __atomic_fetch_add(&log_header()->lost, 1, __ATOMIC_RELAXED);
  return NULL;
}

/* What enters the kernel comes before a place is taken: a process that is killed is most often killed there, and the record would be torn. */
static void make_room(size_t size) {
  uint64_t from = __atomic_load_n(&log_header()->tail, __ATOMIC_RELAXED), end = from + size;
  if (end <= length || (end <= log_header()->capacity && widen(end))) populate(from, end);
}

void *record_begin(uint16_t type, size_t size) {
  struct roar_header *header = log_header();
  size = (size + 7) & ~7ul;
  if (!header || size > ROAR_LAYOUT_MAX_RECORD) return NULL;
  make_room(size);
  uint64_t offset = __atomic_fetch_add(&header->tail, size, __ATOMIC_RELAXED);
  if (offset + size > header->capacity) return lose();
  if (offset + size > length && !widen(offset + size)) return lose();
  if (!populate(offset, offset + size)) return lose();
  struct roar_record *record = (struct roar_record *)(room + offset);
  RECORD_HEAD(record, offset, size, type, log_header(), own_pid(), record->pid);
  return record;
}

void record_end(void *place) {
  struct roar_record *record = place;
  uint64_t offset = (uint64_t)record->reserved * ROAR_LAYOUT_ALIGNMENT;
  uint16_t check = roar_check(offset, record->size, record->type, record->sequence);
  __atomic_store_n(&record->check, check, __ATOMIC_RELEASE);
  uint64_t wake_at = __atomic_load_n(&log_header()->wake_at, __ATOMIC_RELAXED);
  uint64_t end = offset + record->size;
  if (end > wake_at && __atomic_compare_exchange_n(&log_header()->wake_at, &wake_at, end + WAKE_STEP, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
    wake_recorder();
}

/* The recorder watches this file's times (inotify): no descriptor is needed on this side, and nothing costs while nothing happens. */
void wake_recorder(void) {
  struct scratch *scratch = scratch_take();
  if (!scratch) return;
  const char *end = scratch->text + sizeof scratch->text;
  char *at = append_text(scratch->text, end, injection.log);
  while (at > scratch->text && at[-1] != '/') at--;
  append_text(at, end, "wake");
  SYS(SYS_utimensat, AT_FDCWD, scratch->text, 0, 0);
  scratch_give(scratch);
}

void names_moved(void) { __atomic_fetch_add(&log_header()->moves, 1, __ATOMIC_RELEASE); }

void directories_turned(void) { __atomic_fetch_add(&log_header()->turns, 1, __ATOMIC_RELEASE); }

bool filter_has(uint64_t dev, uint64_t ino) {
  uint32_t bit = roar_filter_bit(dev, ino);
  return base && filter_test(bit, base);
}

bool filter_add(uint64_t dev, uint64_t ino) {
  uint32_t bit = roar_filter_bit(dev, ino);
  return base && filter_set(bit, base);
}
