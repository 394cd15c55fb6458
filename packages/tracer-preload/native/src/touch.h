/* What hooks say that a program has done to a descriptor (touch.c), and what is found out at a descriptor's end (settle.c). */
#ifndef ROAR_TOUCH_H
#define ROAR_TOUCH_H

#include "descriptors.h"

/* ---- touch.c ---- */
/* Behind a call that has succeeded; the second time they cost a look at the table. */
void touch_read(int fd);
void touch_written(int fd);
/* Before a call that may change bytes: those of a file that was there before this process may be wanted (hold_bytes). */
void touch_before_write(int fd);
struct opened {
  int dirfd;
  const char *path; /* NULL: made up by libc */
  int flags;
  const struct stamp *before; /* of the file that the open could make or cut; NULL: not asked, or none */
  bool existed;
};
void touch_opened(int fd, const struct opened *opened); /* `fd` negative: it failed */
void touch_mapped(int fd, int protection, int flags);   /* as of mmap(2) */
/* For hooks that have looked at the table by themselves. */
void touch_read_slow(int fd);
void touch_written_slow(int fd);
void touch_before_write_slow(int fd);

/* ---- unheard.c: in a program that also makes calls that no hook sees ---- */
extern HIDDEN volatile uint32_t reads_heard, writes_heard;
/* The kernel counts none of those that do not get as far as the file. */
static inline bool is_counted(long result) { return unlikely(unseen_calls) && (result >= 0 || (errno_now != 9 /* EBADF */ && errno_now != 14 /* EFAULT */)); }
static inline void heard_read(long got) {
  if (is_counted(got)) __atomic_fetch_add(&reads_heard, 1, __ATOMIC_RELAXED);
}
static inline void heard_write(long put) {
  if (is_counted(put)) __atomic_fetch_add(&writes_heard, 1, __ATOMIC_RELAXED);
}
struct unheard unheard_now(void);
long own_read(int fd, void *into, size_t size);

/* ---- settle.c: what stdio, mappings and redirections did without a call of ours ---- */
void settle_fd(int fd); /* before it is closed, or replaced */
void settle_all(void);  /* at the end of a process, and before it becomes another program */
int stream_number(void *stream); /* of a FILE, without a call where its place is known */

/* ---- within.c: files that libc opens, reads and closes inside functions of its own ---- */
const char *environ_value(const char *name); /* NULL: it is not there */
void within_begin(void);
void within_zone(void);
void within_read(const char *path);
void within_mapped(const char *part);
void within_catalogue(void); /* catalogues of messages may come to be mapped */
void within_settle(bool forking);

#endif
