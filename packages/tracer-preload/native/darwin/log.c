/* The append log, as the Linux library writes it (../src/log.c): many processes, one shared mapping. Survives the death of anybody at any instruction. */
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include "darwin.h"
#include "roar_record.h"

#define WAKE_STEP (16ull << 20)

static char *base;
static char wake_path[PATH_BYTES];
uint64_t log_born;

struct roar_header *log_header(void) { return (struct roar_header *)(void *)base; }

bool log_closed(void) { return !base || __atomic_load_n(&log_header()->closed, __ATOMIC_RELAXED); }

static bool is_our_log(const struct roar_header *header) {
  return memcmp(header->magic, ROAR_TRACE_MAGIC, sizeof ROAR_TRACE_MAGIC) == 0 && header->version == ROAR_TRACE_VERSION && header->build_id == ROAR_TRACE_BUILD_ID;
}

static void name_wake(const char *path) {
  const char *slash = strrchr(path, '/');
  size_t directory = slash ? (size_t)(slash - path) + 1 : 0;
  if (directory + sizeof "wake" > sizeof wake_path) return;
  memcpy(wake_path, path, directory);
  memcpy(wake_path + directory, "wake", sizeof "wake");
}

/* The whole file at once: there is no mremap(2) here, and a mapping takes addresses, no memory. */
bool log_open(const char *path) {
  int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  struct stamp stamp;
  if (fd < 0) return false;
  bool whole = stamp_fd(fd, &stamp) && stamp.size > ROAR_LAYOUT_HEADER + ROAR_LAYOUT_FILTER;
  void *map = whole ? mmap(NULL, stamp.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
  close(fd);
  if (map == MAP_FAILED) return false;
  if (!is_our_log(map)) {
    munmap(map, stamp.size);
    return false;
  }
  log_born = stamp.birth_ns;
  name_wake(path);
  base = map;
  return true;
}

void *record_begin(uint16_t type, size_t size, uint32_t pid, uint32_t tid) {
  struct roar_header *header = log_header();
  size = (size + 7) & ~(size_t)7;
  if (!header || size > ROAR_LAYOUT_MAX_RECORD) return NULL;
  uint64_t offset = __atomic_fetch_add(&header->tail, size, __ATOMIC_RELAXED);
  if (offset + size > header->capacity) {
    __atomic_fetch_add(&header->lost, 1, __ATOMIC_RELAXED);
    return NULL;
  }
  struct roar_record *record = (struct roar_record *)(void *)(base + offset);
  RECORD_HEAD(record, offset, size, type, header, pid, tid);
  return record;
}

void record_end(void *place) {
  struct roar_record *record = place;
  uint64_t offset = (uint64_t)record->reserved * ROAR_LAYOUT_ALIGNMENT, end = offset + record->size;
  __atomic_store_n(&record->check, roar_check(offset, record->size, record->type, record->sequence), __ATOMIC_RELEASE);
  uint64_t wake_at = __atomic_load_n(&log_header()->wake_at, __ATOMIC_RELAXED);
  if (end > wake_at && __atomic_compare_exchange_n(&log_header()->wake_at, &wake_at, end + WAKE_STEP, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
    wake_recorder();
}

/* The recorder watches this file's times. */
void wake_recorder(void) { utimes(wake_path, NULL); }

/* Whoever puts paths together from names that it knows has to ask again. */
void names_moved(void) { __atomic_fetch_add(&log_header()->moves, 1, __ATOMIC_RELEASE); }

bool filter_has(uint64_t dev, uint64_t ino) {
  uint32_t bit = roar_filter_bit(dev, ino);
  return base && filter_test(bit, base);
}

bool filter_add(uint64_t dev, uint64_t ino) {
  uint32_t bit = roar_filter_bit(dev, ino);
  return base && filter_set(bit, base);
}
