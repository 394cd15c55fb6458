/* What is known of a file at one moment, and the records that tell of it (facts.c). */
#ifndef ROAR_FACTS_H
#define ROAR_FACTS_H

#include "base.h"
#include "roar_stamp.h"

/* False where the kernel refuses; errno stays the program's. */
bool stamp_fd(int fd, struct stamp *stamp);
bool stamp_path(int dirfd, const char *path, int flags, struct stamp *stamp); /* flags as of fstatat(2) */
static inline bool same_file(const struct stamp *a, const struct stamp *b) { return a->dev == b->dev && a->ino == b->ino; }

/* `type`: ROAR_RECORD_FILE, or _SETTLED for what was only seen by its traces; `access`: bits of ROAR_ACCESS_*. The path is the kernel's. */
void fact_file(uint16_t type, int fd, const struct stamp *stamp, uint32_t access);
/* The same for a file that is not open here; `flags`: ROAR_FLAG_* of how the path was had. */
void fact_file_at(uint16_t type, const char *path, size_t length, const struct stamp *stamp, uint32_t access, uint32_t flags);
/* What could not be seen. `code`: one of docs/gaps. */
void fact_gap(const char *code, const char *detail);
/* The same, of a program that is about to be started and cannot be entered: told before it runs, for afterwards nobody may be left to tell. */
void fact_unseen(const char *code, const char *executable, char *const *argv);
/*
 * The bytes of this version are about to be destroyed. If the job may have read the file, waits until the recorder has kept them, as long as the recorder's heart beats;
 * by `fd`, or by a path where that is -1.
 */
void hold_bytes(const struct stamp *stamp, int fd, const char *path, size_t length);

#endif
