/* Records of the run's log, from stamps and texts: what a program that is the log's only writer can say (layout: generated/roar_trace.h). */
#ifndef ROAR_FACTS_H
#define ROAR_FACTS_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "roar_log.h"
#include "roar_stamp.h"

/* Bytes without a NUL, whosever they are. */
struct text {
  const char *bytes;
  size_t length;
};
static inline struct text text_of(const char *string) { return (struct text){string, strlen(string)}; }

/*
 * Each appends one record, or counts it as lost where the log has no room; none of them fails. `pid`: who did it, in the pid namespace of the writer;
 * 0: nobody in particular. Paths are absolute. `flags`: ROAR_FLAG_* of how a path was had.
 */
/* `type`: ROAR_RECORD_FILE (seen as it happened) or _SETTLED (seen by its traces); `access`: bits of ROAR_ACCESS_*. */
void log_file(uint16_t type, uint32_t pid, uint32_t flags, struct text path, const struct stamp *stamp, uint32_t access);
/* A symlink `path` by which the program reached the file whose own path is `target`. */
void log_name(uint32_t pid, const struct stamp *stamp, struct text path, struct text target);
/* What could not be seen, `count` times. `code`: one of docs/gaps; `detail`: what it is about, may be empty. */
void log_gap(uint32_t pid, uint32_t count, const char *code, struct text detail);
/* A program that was started and cannot be seen; `code`: the gap's; `argv` as in struct started. */
void log_unseen(uint32_t pid, const char *code, struct text executable, struct text argv);
void log_fork(uint32_t pid, uint32_t parent, uint32_t flags);
void log_exit(uint32_t pid, int32_t status); /* as given to exit(2) */
void log_link(uint32_t pid, const struct stamp *stamp, struct text from, struct text to);
void log_symlink(uint32_t pid, struct text target, struct text path);
void log_mkdir(uint32_t pid, struct text path);
/* `kind`: one of ROAR_RENAME_*; `replaced`: what stood under `to`, or NULL. */
void log_rename(uint32_t pid, uint32_t kind, const struct stamp *moved, const struct stamp *replaced, struct text from, struct text to);
void log_unlink(uint32_t pid, const struct stamp *stamp, uint32_t links_left, struct text path);
/*
 * Bytes that this run has read are about to be destroyed. The ticket: whoever destroys them waits until the header's `holds_released` is above it.
 * 0: not told, nobody need wait.
 */
uint64_t log_hold(uint32_t pid, uint32_t tid, const struct stamp *stamp, struct text path);
/* `parent` 0: told by a record of its own. `argv`: the words with a NUL behind each, as in /proc/PID/cmdline. */
struct started {
  uint32_t pid, parent, flags;
  struct text executable, cwd, argv;
};
void log_exec(const struct started *program, const struct stamp *stamp);

#endif
