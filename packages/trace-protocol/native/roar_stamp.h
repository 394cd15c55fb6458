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
  uint32_t mode, links;
};

static inline void stamp_from(struct stamp *stamp, const struct stat *found) {
  stamp->dev = found->st_dev;
  stamp->ino = found->st_ino;
  stamp->size = (uint64_t)found->st_size;
  stamp->mtime_ns = (uint64_t)found->st_mtim.tv_sec * NS_PER_S + (uint64_t)found->st_mtim.tv_nsec;
  stamp->ctime_ns = (uint64_t)found->st_ctim.tv_sec * NS_PER_S + (uint64_t)found->st_ctim.tv_nsec;
  stamp->mode = found->st_mode;
  stamp->links = (uint32_t)found->st_nlink;
}

/* Only what has content that stays is anybody's input or output. */
static inline bool is_regular(const struct stamp *stamp) { return (stamp->mode & S_IFMT) == S_IFREG; }
/* The same content, as far as size and mtime can tell: a write within a tick of the clock may leave both. */
static inline bool same_version(const struct stamp *a, const struct stamp *b) {
  return a->size == b->size && a->mtime_ns == b->mtime_ns;
}

#endif
