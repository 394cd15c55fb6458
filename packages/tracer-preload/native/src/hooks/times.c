/*
 * Times that a program sets: the end of a descriptor's life compares versions, and a set time is no written byte. Nor is it one of an input that the job has
 * read (touch, in rules of make): the bytes are hashed while the time still says that they are those.
 */
#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

#include "hook.h"

struct timing {
  struct stamp before;
  int dirfd;
  const char *path; /* NULL: of the descriptor itself */
  int flags;
  bool watched;
};

static bool stamp_timed(const struct timing *it, struct stamp *stamp) {
  return it->path ? stamp_path(it->dirfd, it->path, it->flags, stamp) : stamp_fd(it->dirfd, stamp);
}

static struct timing timing_begin(int dirfd, const char *path, int flags) {
  struct timing it = {.dirfd = dirfd, .path = path, .flags = flags};
  it.watched = keeping() && stamp_timed(&it, &it.before);
  if (it.watched && path && !flags) hold_named(dirfd, path, &it.before);
  if (it.watched && !path) hold_bytes(&it.before, dirfd, NULL, 0);
  return it;
}

static int timing_end(const struct timing *it, int result) {
  struct stamp after;
  if (result != 0 || !it->watched || !stamp_timed(it, &after) || !same_file(&it->before, &after)) return result;
  descriptor_retime(&it->before, &after);
  return result;
}

#define SET_TIMES(name, parameters, dirfd, path, flags, arguments)  \
  EXPORT int name parameters {                                      \
    struct timing it = timing_begin(dirfd, path, flags);            \
    return timing_end(&it, REAL(name, int(*) parameters) arguments); \
  }
SET_TIMES(futimens, (int fd, const struct timespec times[2]), fd, NULL, 0, (fd, times))
SET_TIMES(futimes, (int fd, const struct timeval times[2]), fd, NULL, 0, (fd, times))
SET_TIMES(utimensat, (int dirfd, const char *path, const struct timespec times[2], int flags), dirfd, path, flags, (dirfd, path, times, flags))
SET_TIMES(futimesat, (int dirfd, const char *path, const struct timeval times[2]), dirfd, path, 0, (dirfd, path, times))
SET_TIMES(utimes, (const char *path, const struct timeval times[2]), AT_FDCWD, path, 0, (path, times))
SET_TIMES(lutimes, (const char *path, const struct timeval times[2]), AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, (path, times))
SET_TIMES(utime, (const char *path, const struct utimbuf *times), AT_FDCWD, path, 0, (path, times))
