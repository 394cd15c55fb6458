/*
 * What is known of each open descriptor (descriptors.c), so that a program pays for its first read of a file and not for the other thousand. A table by number, made as it is
 * needed; what is not in it is asked of the kernel. Entries are written without a lock: two threads at one descriptor may tell a fact twice, never none.
 */
#ifndef ROAR_DESCRIPTORS_H
#define ROAR_DESCRIPTORS_H

#include "paths.h"

enum {
  FD_KNOWN = 1,
  FD_BORING = 2, /* no regular file */
  FD_READ = 4,   /* told, as is the next */
  FD_WRITTEN = 8,
  FD_WRITABLE = 16,
  FD_READABLE = 32,
  FD_APPEND = 64,
  FD_STDIO = 128,   /* a FILE reads or writes behind our back */
  FD_START = 256,   /* found open when the program began */
  FD_CREATED = 512, /* made by this process */
  FD_UNNAMED = 1024,
  FD_FRESH = 8192, /* its stamp was taken in this very call */
  FD_OVERHEARD = 16384, /* its stamp was asked for by the program, at `asked` */
  FD_LAZY = 4096, /* opened for reading and not asked about yet: no stamp */
  FD_ANNOUNCED = 2048, /* the reader was asked to compare the file at the end */
};
/* How many calls of this process no hook has heard of, and one; compared with an earlier answer (unheard.c). */
struct unheard {
  uint32_t reads, writes;
};
struct descriptor {
  uint32_t epoch; /* of the life in which it was noted */
  uint32_t bits;
  struct stamp stamp; /* when it was opened, or first met */
  int64_t position; /* when a stream took it over, or the program began; -1: not asked */
  int64_t asked; /* a moment of the kernel's coarse clock */
  struct unheard unheard; /* when it was opened; 0: not asked */
  void *stream;  /* the FILE on it; NULL: none is known */
  struct hint hint;
};
/*
 * Raised once another table than this process's own may stand behind our numbers: a child that shares it (CLONE_FILES), a thread that took its own copy
 * (unshare). From then on the kernel is asked at each call.
 */
extern HIDDEN volatile bool descriptors_shared;
struct descriptor *descriptor_at(int fd, bool make); /* NULL: not met yet, or beyond the million that there is room for */
struct descriptor *descriptor_learn(int fd, uint32_t bits); /* asks the kernel; NULL: no table, bad descriptor */
void descriptor_note(int fd, uint32_t bits); /* known by its open alone */
struct stat;
void descriptor_overhear(int fd, const struct stat *found); /* the program has asked what we would ask */
int64_t coarse_now(void);                                    /* nanoseconds, in steps of a tick; 0: no such clock */
bool descriptor_is_fresh(const struct descriptor *one);     /* nobody can have changed the file since its stamp */
void descriptor_forget(int fd);
void descriptor_copy(int from, int to);
void descriptor_forget_range(unsigned first, unsigned last);
void descriptor_remode(int changed); /* whether it appends was set (F_SETFL) */
void descriptor_each(void (*visit)(int fd, struct descriptor *one));
void descriptor_retime(const struct stamp *before, const struct stamp *after); /* its times were set: no change of content */

#endif
