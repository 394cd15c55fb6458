/* What every file of hooks needs. A hook forwards to the definition behind it, which keeps cancellation points and other people's wrappers working. */
#ifndef ROAR_HOOK_H
#define ROAR_HOOK_H

#include <errno.h>
#include <stdarg.h>

#include "../roar.h"

/* Where the library behind us lacks a function (musl: the 64 forms, the checked forms), the one it is named after serves. */
#define FORWARD(name, other, type) (REAL(name, type) ? REAL(name, type) : REAL(other, type))

/* Where it lacks the function altogether (musl, glibc before 2.34), the program comes through syscall(): the kernel serves. */
static inline long raw_result(long result) {
  if (result >= 0 || result < -4095) return result;
  errno_now = (int)-result;
  return -1;
}

/* Observing, and with state of our own to keep. */
static inline bool keeping(void) { return live() && !borrowed(); }

struct opening {
  struct stamp before;
  int dirfd;
  const char *path;
  bool existed;
  bool asked;
};
void opening_begin(struct opening *opening, int dirfd, const char *path, int flags);
void opening_end(const struct opening *opening, int fd, int flags);
void namespace_made(int flags);
void hold_named(int dirfd, const char *path, const struct stamp *stamp);

#endif
