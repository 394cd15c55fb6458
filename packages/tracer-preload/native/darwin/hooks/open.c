/* Opening and closing. libc's own streams come by the forms that are no cancellation points. */
#include <unistd.h>

#include "interpose.h"

extern int open_nocancel(const char *, int, ...) __asm("_open$NOCANCEL");
extern int openat_nocancel(int, const char *, int, ...) __asm("_openat$NOCANCEL");
extern int close_nocancel(int) __asm("_close$NOCANCEL");
extern int fcntl_nocancel(int, int, ...) __asm("_fcntl$NOCANCEL");

/* The mode is there only where a file may be made; Apple's arm64 passes such words on the stack. */
#define MODE(last, flags)                                   \
  va_list rest;                                             \
  va_start(rest, last);                                     \
  int mode = (flags) & O_CREAT ? va_arg(rest, int) : 0;     \
  va_end(rest)

#define OPEN(ours, theirs)                                  \
  static int ours(const char *path, int flags, ...) {       \
    struct opening opening;                                 \
    MODE(flags, flags);                                     \
    opening_begin(&opening, AT_FDCWD, path, flags);         \
    return opening_end(&opening, theirs(path, flags, mode)); \
  }                                                         \
  INTERPOSE(ours, theirs)
OPEN(our_open, open);
OPEN(our_open_nocancel, open_nocancel);

#define OPENAT(ours, theirs)                                       \
  static int ours(int dirfd, const char *path, int flags, ...) {   \
    struct opening opening;                                        \
    MODE(flags, flags);                                            \
    opening_begin(&opening, dirfd, path, flags);                   \
    return opening_end(&opening, theirs(dirfd, path, flags, mode)); \
  }                                                                \
  INTERPOSE(ours, theirs)
OPENAT(our_openat, openat);
OPENAT(our_openat_nocancel, openat_nocancel);

/* libc's own would come back to the hook of open. */
static int our_creat(const char *path, mode_t mode) {
  const int flags = O_WRONLY | O_CREAT | O_TRUNC;
  struct opening opening;
  opening_begin(&opening, AT_FDCWD, path, flags);
  return opening_end(&opening, open(path, flags, mode));
}
INTERPOSE(our_creat, creat);

#define CLOSE(ours, theirs)        \
  static int ours(int fd) {        \
    descriptor_forget(fd);         \
    return theirs(fd);             \
  }                                \
  INTERPOSE(ours, theirs)
CLOSE(our_close, close);
CLOSE(our_close_nocancel, close_nocancel);

static int our_dup(int fd) { return descriptor_copy(fd, dup(fd)); }
INTERPOSE(our_dup, dup);

static int our_dup2(int from, int to) { return descriptor_copy(from, dup2(from, to)); }
INTERPOSE(our_dup2, dup2);

/* Whatever the argument is, it fits a pointer, and the kernel takes of it what the command means. */
#define FCNTL(ours, theirs)                                                                        \
  static int ours(int fd, int command, ...) {                                                      \
    va_list rest;                                                                                  \
    va_start(rest, command);                                                                       \
    void *argument = va_arg(rest, void *);                                                         \
    va_end(rest);                                                                                  \
    int result = theirs(fd, command, argument);                                                    \
    return command == F_DUPFD || command == F_DUPFD_CLOEXEC ? descriptor_copy(fd, result) : result; \
  }                                                                                                \
  INTERPOSE(ours, theirs)
FCNTL(our_fcntl, fcntl);
FCNTL(our_fcntl_nocancel, fcntl_nocancel);
