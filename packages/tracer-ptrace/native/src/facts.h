/* What is known of a file at one moment (facts.c). The records that tell of it: trace-protocol, native/roar_facts.h. */
#ifndef ROAR_SUPERVISOR_FACTS_H
#define ROAR_SUPERVISOR_FACTS_H
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "roar_facts.h"

/* Paths end where the kernel's own naming ends, at a page; what is longer is told as a gap (path-too-long), never cut. */
#define PATH_BYTES ROAR_LAYOUT_MAX_PATH

/* d_path() puts it behind the name of a file that has none any more (Linux fs/d_path.c); a file may also be called so. */
#define GONE_MARK " (deleted)"

/* False, and the stamp as it was, where the kernel refuses; errno is the kernel's. */
bool stamp_fd(int fd, struct stamp *stamp);
bool stamp_path(int dirfd, const char *path, int flags, struct stamp *stamp); /* flags as of fstatat(2) */
/* The same by statx(2), with the number of the mount by which the file is looked at (Linux 5.8; 0: not told). An empty path: the descriptor's own file. */
bool stamp_mount(int dirfd, const char *path, struct stamp *stamp, uint64_t *mount);

/* The same inode; a removed file's number may come again, so two moments far apart prove nothing by it. */
static inline bool same_file(const struct stamp *a, const struct stamp *b) { return a->dev == b->dev && a->ino == b->ino; }

/*
 * One record. `type`: ROAR_RECORD_FILE (seen as it happened) or _SETTLED (seen by its traces); `pid`: who did it, in the supervisor's pid namespace;
 * `path`: bytes with a NUL behind them; with the kernel's mark of a removed file it is told without it, as UNNAMED. What is read is asked for before it is overwritten.
 */
void fact_file(uint16_t type, uint32_t pid, const char *path, const struct stamp *stamp, uint32_t access);

#endif
