/* What a tracer knows of a file at one moment. Without libc's functions: the preload library has none. */
#ifndef ROAR_STAMP_H
#define ROAR_STAMP_H
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#define NS_PER_S 1000000000ull

/*
 * A file's identity and version: which inode, and by size and times which content. Times in ns since the epoch. What cannot be had is 0: no inode
 * has the number 0, so `ino` says whether the rest means anything.
 */
struct stamp {
  uint64_t dev, ino, size, mtime_ns, ctime_ns;
#ifdef __APPLE__
  uint64_t birth_ns; /* Linux tells it by statx(2) alone */
#endif
  uint32_t mode, links;
};

static inline uint64_t stamp_ns(struct timespec time) { return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec; }

static inline void stamp_from(struct stamp *stamp, const struct stat *found) {
  stamp->dev = (uint64_t)found->st_dev;
  stamp->ino = found->st_ino;
  stamp->size = (uint64_t)found->st_size;
#ifdef __APPLE__
  stamp->mtime_ns = stamp_ns(found->st_mtimespec);
  stamp->ctime_ns = stamp_ns(found->st_ctimespec);
  stamp->birth_ns = stamp_ns(found->st_birthtimespec);
#else
  stamp->mtime_ns = stamp_ns(found->st_mtim);
  stamp->ctime_ns = stamp_ns(found->st_ctim);
#endif
  stamp->mode = found->st_mode;
  stamp->links = (uint32_t)found->st_nlink;
}

/* Into a record of the log: the generated ones name these five alike, at places of their own. */
#define STAMP_RECORD(record, stamp)         \
  do {                                      \
    (record)->dev = (stamp)->dev;           \
    (record)->ino = (stamp)->ino;           \
    (record)->size = (stamp)->size;         \
    (record)->mtime_ns = (stamp)->mtime_ns; \
    (record)->ctime_ns = (stamp)->ctime_ns; \
  } while (0)

/* Only what has content that stays is anybody's input or output. */
static inline bool is_regular(const struct stamp *stamp) { return (stamp->mode & S_IFMT) == S_IFREG; }
/* The same content, as far as size and mtime can tell: a write within a tick of the clock may leave both. */
static inline bool same_version(const struct stamp *a, const struct stamp *b) {
  return a->size == b->size && a->mtime_ns == b->mtime_ns;
}

#endif
