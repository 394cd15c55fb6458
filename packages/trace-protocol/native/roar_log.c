/* Reserves, fills and commits the records of a log; one thread, one writer. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "roar_log.h"
#include "roar_record.h"

#define WINDOW (64ul << 20)
#define POPULATE_STEP (256ul << 10)
#define WAKE_STEP (4ul << 20)
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

static char *base;
static size_t length;
static size_t populated;
static char wake_path[4096];

struct roar_header *log_header(void) { return (struct roar_header *)base; }
void log_add_lost(uint64_t count) { __atomic_fetch_add(&log_header()->lost, count, __ATOMIC_RELAXED); }

bool log_open(const char *path) {
  int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  struct stat found;
  if (fd < 0 || fstat(fd, &found) < 0) return false;
  length = (size_t)found.st_size < WINDOW ? (size_t)found.st_size : WINDOW;
  void *map = length < ROAR_LAYOUT_HEADER + ROAR_LAYOUT_FILTER ? MAP_FAILED : mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (map == MAP_FAILED) return false;
  base = map;
  populated = ROAR_LAYOUT_HEADER + ROAR_LAYOUT_FILTER;
  const char *slash = strrchr(path, '/');
  size_t directory = slash ? (size_t)(slash - path) + 1 : 0;
  if (directory + sizeof "wake" > sizeof wake_path) return false;
  memcpy(wake_path, path, directory);
  strcpy(wake_path + directory, "wake");
  const struct roar_header *header = log_header();
  return memcmp(header->magic, ROAR_TRACE_MAGIC, 8) == 0 && header->version == ROAR_TRACE_VERSION && header->build_id == ROAR_TRACE_BUILD_ID;
}

static bool widen(size_t needed) {
  size_t wanted = (needed + WINDOW - 1) / WINDOW * WINDOW;
  if (wanted > log_header()->capacity) wanted = log_header()->capacity;
  if (wanted < needed) return false;
  void *map = mremap(base, length, wanted, MREMAP_MAYMOVE);
  if (map == MAP_FAILED) return false;
  base = map;
  length = wanted;
  return true;
}

/* A store into a page that tmpfs cannot give is a SIGBUS; MADV_POPULATE_WRITE (Linux 5.14) gives an error instead, older kernels answer EINVAL. */
static bool populate(size_t end) {
  if (end <= populated) return true;
  size_t start = populated & ~4095ul;
  size_t step = (end - start + POPULATE_STEP) & ~4095ul;
  if (start + step > length) step = length - start;
  if (madvise(base + start, step, MADV_POPULATE_WRITE) < 0 && errno != EINVAL) return false;
  populated = start + step;
  return true;
}

void *record_begin(uint16_t type, size_t size, uint32_t pid, uint32_t tid) {
  size = (size + 7) & ~7ul;
  struct roar_header *header = log_header();
  if (header->closed || size > ROAR_LAYOUT_MAX_RECORD) return NULL;
  /* A disk may take its time for pages: not behind the place that is taken, at which readers would wait. */
  uint64_t likely = __atomic_load_n(&header->tail, __ATOMIC_RELAXED) + size;
  if (likely <= length) populate(likely);
  uint64_t offset = __atomic_fetch_add(&header->tail, size, __ATOMIC_RELAXED);
  if (offset + size > header->capacity || (offset + size > length && !widen(offset + size)) || !populate(offset + size)) {
    log_add_lost(1);
    return NULL;
  }
  struct roar_record *record = (struct roar_record *)(base + offset);
  RECORD_HEAD(record, offset, size, type, log_header(), pid, tid);
  return record;
}

void record_end(void *place) {
  struct roar_record *record = place;
  uint64_t offset = (uint64_t)record->reserved * ROAR_LAYOUT_ALIGNMENT;
  uint64_t end = offset + record->size;
  __atomic_store_n(&record->check, roar_check(offset, record->size, record->type, record->sequence), __ATOMIC_RELEASE);
  struct roar_header *header = log_header();
  if (end <= __atomic_load_n(&header->wake_at, __ATOMIC_RELAXED)) return;
  __atomic_store_n(&header->wake_at, end + WAKE_STEP, __ATOMIC_RELAXED);
  wake_recorder();
}

/* The preload library puts paths together from names that it knows. */
void names_moved(void) {
  __atomic_fetch_add(&log_header()->moves, 1, __ATOMIC_RELEASE);
  __atomic_fetch_add(&log_header()->turns, 1, __ATOMIC_RELEASE);
}

/* The recorder watches this file's times. */
void wake_recorder(void) { utimensat(AT_FDCWD, wake_path, NULL, 0); }

bool filter_has(uint64_t dev, uint64_t ino) {
  uint32_t bit = roar_filter_bit(dev, ino);
  return filter_test(bit, base);
}

bool filter_add(uint64_t dev, uint64_t ino) {
  uint32_t bit = roar_filter_bit(dev, ino);
  return filter_set(bit, base);
}
