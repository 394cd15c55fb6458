/* Life of descriptors. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "hook.h"
#include "roar_supervised.h"

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC 4
#endif
#ifndef CLOSE_RANGE_UNSHARE
#define CLOSE_RANGE_UNSHARE 2
#endif

/* Before the real close: behind it another thread may have the number already. */
static void ending(int fd) {
  if (!keeping()) return;
  settle_fd(fd);
  descriptor_forget(fd);
  places_forget(fd);
}

/* Names are looked up from another directory now. */
EXPORT int chdir(const char *path) {
  int result = REAL(chdir, int (*)(const char *))(path);
  if (result == 0) places_forget(AT_FDCWD);
  return result;
}

EXPORT int fchdir(int fd) {
  int result = REAL(fchdir, int (*)(int))(fd);
  if (result == 0) places_forget(AT_FDCWD);
  return result;
}

/*
 * Opened by a call of the program's own, or it has another file by now: the supervisor looks at its end. A number that only reads was not asked about when it was
 * opened by a hook, and is taken for what it was.
 */
static bool is_unseen(int fd) {
  if (likely(!unseen_calls) || cancelling || !keeping()) return false;
  const struct descriptor *one = descriptor_at(fd, false);
  struct stamp now;
  if (!one || !(one->bits & FD_KNOWN) || one->epoch != life->epoch) return true;
  return !(one->bits & (FD_LAZY | FD_BORING)) && stamp_fd(fd, &now) && !same_file(&now, &one->stamp);
}

#define CLOSE(name, other)                                                                          \
  EXPORT int name(int fd) {                                                                         \
    bool unseen = is_unseen(fd);                                                                    \
    ending(fd);                                                                                     \
    if (unseen) return (int)raw_result(sys6(SYS_close, fd, (long)ROAR_UNSEEN, 0, 0, 0, 0));         \
    if (PASSES_UNLESS_CANCELLED(name)) return (int)PASSED(SYS_close, fd, 0, 0, 0, 0, 0);            \
    return FORWARD(name, other, int (*)(int))(fd);                                                  \
  }
CLOSE(close, close)
CLOSE(__close, close)

static void ending_each(int fd, struct descriptor *one) {
  (void)one;
  settle_fd(fd);
}

EXPORT void closefrom(int first) {
  if (keeping()) {
    descriptor_each(ending_each);
    descriptor_forget_range((unsigned)(first < 0 ? 0 : first), ~0u);
  }
  REAL(closefrom, void (*)(int))(first);
}

EXPORT int close_range(unsigned first, unsigned last, int flags) {
  if (flags & CLOSE_RANGE_UNSHARE) descriptors_shared = true;
  if (keeping() && !(flags & CLOSE_RANGE_CLOEXEC)) {
    descriptor_each(ending_each);
    descriptor_forget_range(first, last);
  }
  int (*real)(unsigned, unsigned, int) = REAL(close_range, int (*)(unsigned, unsigned, int));
  if (unlikely(unseen_calls)) return (int)raw_result(sys6(SYS_close_range, first, last, flags, (long)ROAR_UNSEEN, 0, 0));
  if (may_pass(real)) return (int)PASSED(SYS_close_range, first, last, flags, 0, 0, 0);
  return real ? real(first, last, flags) : (int)raw_result(SYS(SYS_close_range, first, last, flags));
}

static int copied(int from, int to) {
  if (to < 0 || !keeping()) return to;
  descriptor_copy(from, to);
  places_forget(to);
  return to;
}

EXPORT int dup(int fd) { return copied(fd, REAL(dup, int (*)(int))(fd)); }

/*
 * What becomes standard output will be written by streams, line by line through hidden calls: bash's own `echo >> FILE`, a program that is started with it.
 */
static void before_standard(int from, int to) {
  struct descriptor *one = to == 1 || to == 2 ? descriptor_at(from, false) : NULL;
  if (one && (one->bits & FD_WRITABLE)) touch_before_write(from);
}

static void before_copy(int from, int to) {
  if (from == to || !keeping()) return;
  settle_fd(to);
  before_standard(from, to);
}

EXPORT int dup2(int from, int to) {
  bool unseen = from != to && is_unseen(to);
  before_copy(from, to);
  if (unseen) return copied(from, (int)raw_result(sys6(SYS_dup3, from, to, 0, (long)ROAR_UNSEEN, 0, 0)));
  int result = CALL(dup2, OLD(dup2), int (*)(int, int), (from, to), from, to, 0, 0, 0, 0);
  return from == to ? result : copied(from, result);
}

EXPORT int __dup2(int from, int to) { return dup2(from, to); }

EXPORT int dup3(int from, int to, int flags) {
  bool unseen = from != to && is_unseen(to);
  before_copy(from, to);
  if (unseen) return copied(from, (int)raw_result(sys6(SYS_dup3, from, to, flags, (long)ROAR_UNSEEN, 0, 0)));
  return copied(from, CALL(dup3, SYS_dup3, int (*)(int, int, int), (from, to, flags), from, to, flags, 0, 0, 0));
}

static int controlled(int fd, int command, int result) {
  if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) return copied(fd, result);
  if (command == F_SETFL && result == 0 && keeping()) descriptor_remode(fd);
  return result;
}

#define FCNTL(name, other)                                                          \
  EXPORT int name(int fd, int command, ...) {                                       \
    va_list rest;                                                                   \
    va_start(rest, command);                                                        \
    void *argument = va_arg(rest, void *);                                          \
    va_end(rest);                                                                   \
    if (command == F_SETFL && keeping()) settle_fd(fd);                             \
    return controlled(fd, command, FORWARD(name, other, int (*)(int, int, ...))(fd, command, argument)); \
  }
FCNTL(fcntl, fcntl64)
FCNTL(fcntl64, fcntl)
FCNTL(__fcntl, fcntl)

EXPORT int closedir(DIR *directory) {
  int (*number)(DIR *) = REAL(dirfd, int (*)(DIR *));
  if (directory && number && keeping()) {
    int fd = number(directory);
    descriptor_forget(fd);
    places_forget(fd);
  }
  return QUIETLY(int, REAL(closedir, int (*)(DIR *))(directory));
}
