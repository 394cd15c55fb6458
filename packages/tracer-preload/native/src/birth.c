/* When a file was made. */
#include <fcntl.h>

#include "roar.h"

uint64_t file_birth(int fd, const char *path) {
  struct statx found;
  if (SYS(SYS_statx, path ? AT_FDCWD : fd, path ? path : "", path ? 0 : AT_EMPTY_PATH, STATX_BTIME, &found) < 0) return 0;
  if (!(found.stx_mask & STATX_BTIME)) return 0;
  return (uint64_t)found.stx_btime.tv_sec * NS_PER_S + found.stx_btime.tv_nsec;
}
