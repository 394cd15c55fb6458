/* What the kernel says about a file. */
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "supervise.h"

bool stamp_fd(int fd, struct stamp *stamp) {
  struct stat found;
  if (fstat(fd, &found) < 0) return false;
  stamp_from(stamp, &found);
  return true;
}

bool stamp_path(int dirfd, const char *path, int flags, struct stamp *stamp) {
  struct stat found;
  if (fstatat(dirfd, path, &found, flags) < 0) return false;
  stamp_from(stamp, &found);
  return true;
}

/* With the mount by which the file is looked at (Linux 5.8); 0: not told. An empty path is the descriptor's own file. */
bool stamp_mount(int dirfd, const char *path, struct stamp *stamp, uint64_t *mount) {
  struct statx found;
  if (statx(dirfd, path, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS | STATX_MNT_ID, &found) < 0) return false;
  stamp->dev = makedev(found.stx_dev_major, found.stx_dev_minor);
  stamp->ino = found.stx_ino;
  stamp->size = found.stx_size;
  stamp->mtime_ns = (uint64_t)found.stx_mtime.tv_sec * NS_PER_S + found.stx_mtime.tv_nsec;
  stamp->ctime_ns = (uint64_t)found.stx_ctime.tv_sec * NS_PER_S + found.stx_ctime.tv_nsec;
  stamp->mode = found.stx_mode;
  stamp->links = found.stx_nlink;
  *mount = found.stx_mask & STATX_MNT_ID ? found.stx_mnt_id : 0;
  return true;
}

/* The kernel marks a name that is gone; a file of that very name may stand. */
static bool is_gone(const char *path, size_t length, const struct stamp *stamp) {
  struct stamp named;
  if (length <= sizeof GONE_MARK - 1 || strcmp(path + length - (sizeof GONE_MARK - 1), GONE_MARK) != 0) return false;
  return !stamp_path(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, &named) || !same_file(&named, stamp);
}

void fact_file(uint16_t type, uint32_t pid, const char *path, const struct stamp *stamp, uint32_t access) {
  size_t length = strlen(path);
  if (is_gone(path, length, stamp)) {
    length -= sizeof GONE_MARK - 1;
    access |= ROAR_ACCESS_UNNAMED;
  }
  if ((access & ROAR_ACCESS_READ) && is_regular(stamp)) filter_add(stamp->dev, stamp->ino);
  log_file(type, pid, 0, (struct text){path, length}, stamp, access);
}
