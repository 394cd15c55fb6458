/* What is known of a file at one moment, and the records that tell of it (facts.c). The records' layout: trace-protocol, generated/roar_trace.h. */
#ifndef ROAR_FACTS_H
#define ROAR_FACTS_H
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "roar_log.h"

/* Paths end where the kernel's own naming ends, at a page; what is longer is told as a gap (path-too-long), never cut. */
#define PATH_BYTES ROAR_LAYOUT_MAX_PATH
#define NS_PER_S 1000000000ull

/* d_path() puts it behind the name of a file that has none any more (Linux fs/d_path.c); a file may also be called so. */
#define GONE_MARK " (deleted)"

/*
 * A file's identity and version: which inode, and by size and times which content. Times in ns since the epoch. What cannot be had is 0: no inode
 * has the number 0, so `ino` says whether the rest means anything.
 */
struct stamp {
  uint64_t dev, ino, size, mtime_ns, ctime_ns;
  uint32_t mode, links;
};
void stamp_from(struct stamp *stamp, const struct stat *found);
/* False, and the stamp as it was, where the kernel refuses; errno is the kernel's. */
bool stamp_fd(int fd, struct stamp *stamp);
bool stamp_path(int dirfd, const char *path, int flags, struct stamp *stamp); /* flags as of fstatat(2) */
/* The same by statx(2), with the number of the mount by which the file is looked at (Linux 5.8; 0: not told). An empty path: the descriptor's own file. */
bool stamp_mount(int dirfd, const char *path, struct stamp *stamp, uint64_t *mount);

/* Only what has content that stays is anybody's input or output. */
static inline bool is_regular(const struct stamp *stamp) { return (stamp->mode & S_IFMT) == S_IFREG; }
/* The same inode; a removed file's number may come again, so two moments far apart prove nothing by it. */
static inline bool same_file(const struct stamp *a, const struct stamp *b) { return a->dev == b->dev && a->ino == b->ino; }
/* The same content, as far as size and mtime can tell: a write within a tick of the clock may leave both. */
static inline bool same_version(const struct stamp *a, const struct stamp *b) {
  return a->size == b->size && a->mtime_ns == b->mtime_ns;
}

/*
 * Each appends one record, or counts it as lost where the log has no room; none of them fails. `pid`: who did it, in the supervisor's pid namespace.
 * Paths are bytes with a NUL behind them, absolute, as the kernel or the program named them.
 */
/* `type`: ROAR_RECORD_FILE (seen as it happened) or _SETTLED (seen by its traces); `access`: bits of ROAR_ACCESS_*. A path with the kernel's mark of a
   removed file is told without it, as UNNAMED. */
void fact_file(uint16_t type, uint32_t pid, const char *path, const struct stamp *stamp, uint32_t access);
/* A symlink `path` by which the program reached the file whose own path is `target`. */
void fact_name(uint32_t pid, const struct stamp *stamp, const char *path, const char *target);
/* What could not be seen. `code`: one of docs/gaps; `detail`: what it is about, or "". */
void fact_gap(uint32_t pid, const char *code, const char *detail);
void fact_fork(uint32_t pid, uint32_t parent);
void fact_exit(uint32_t pid, int32_t status); /* as given to exit(2) */
/* Of ROAR_RECORD_LINK (`from` gets the further name `to`), _SYMLINK (`from`: what it leads to) or _MKDIR (`to` alone; no stamp). */
void fact_pair(uint16_t type, uint32_t pid, const struct stamp *stamp, const char *from, const char *to);
/* `kind`: one of ROAR_RENAME_*; `replaced`: what stood under `to`, or NULL. */
void fact_rename(uint32_t pid, uint32_t kind, const struct stamp *moved, const struct stamp *replaced, const char *from, const char *to);
/* `stamp` from before: the record has the number of links that are left. */
void fact_unlink(uint32_t pid, const struct stamp *stamp, const char *path);
/* `argv`: the words with a NUL behind each, as in /proc/PID/cmdline. */
void fact_exec(uint32_t pid, uint32_t parent, const struct stamp *stamp, const char *executable, const char *cwd, const char *argv, size_t argv_length);

#endif
