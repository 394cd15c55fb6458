/* Copies: clones inside the file system, and libc's own copying, which may become one. */
#include <copyfile.h>
#include <sys/clonefile.h>
#include <unistd.h>

#include "interpose.h"

/* The file behind a name, by its own path. */
struct side {
  bool there;
  struct stamp stamp;
  char path[PATH_BYTES];
};

static void look(struct side *side, int dirfd, const char *name, int flags) {
  int before = errno;
  int fd = name && live() ? openat(dirfd, name, O_EVTONLY | O_CLOEXEC | flags) : -1;
  side->there = fd >= 0 && stamp_fd(fd, &side->stamp) && is_regular(&side->stamp) && path_of_fd(fd, side->path);
  if (fd >= 0) close(fd);
  errno = before;
}

/* Calls inside libc may have told of the target already. */
static void copied(const struct side *from, int dirfd, const char *to, bool existed) {
  struct side made;
  look(&made, dirfd, to, 0);
  existed |= made.there && made_here(&made.stamp);
  if (from->there) fact_file_at(from->path, &from->stamp, ROAR_ACCESS_READ);
  if (made.there) fact_file_at(made.path, &made.stamp, (existed ? 0 : ROAR_ACCESS_CREATED) | ROAR_ACCESS_WRITTEN);
}

/* The target of a clone is always new. */
static int our_clonefile(const char *from, const char *to, uint32_t flags) {
  struct side source;
  look(&source, AT_FDCWD, from, flags & CLONE_NOFOLLOW ? O_SYMLINK : 0);
  int result = clonefile(from, to, flags);
  if (result == 0) copied(&source, AT_FDCWD, to, false);
  return result;
}
INTERPOSE(our_clonefile, clonefile);

static int our_clonefileat(int from_dir, const char *from, int to_dir, const char *to, uint32_t flags) {
  struct side source;
  look(&source, from_dir, from, flags & CLONE_NOFOLLOW ? O_SYMLINK : 0);
  int result = clonefileat(from_dir, from, to_dir, to, flags);
  if (result == 0) copied(&source, to_dir, to, false);
  return result;
}
INTERPOSE(our_clonefileat, clonefileat);

static int our_fclonefileat(int from, int to_dir, const char *to, uint32_t flags) {
  struct side none = {.there = false};
  int result = fclonefileat(from, to_dir, to, flags);
  if (result != 0) return result;
  touch_read(from);
  copied(&none, to_dir, to, false);
  return result;
}
INTERPOSE(our_fclonefileat, fclonefileat);

static bool moves_data(copyfile_flags_t flags) { return (flags & (COPYFILE_DATA | COPYFILE_CLONE | COPYFILE_CLONE_FORCE)) != 0 && !(flags & COPYFILE_CHECK); }

/* Of a tree each file is told by the calls that copy it. */
static int our_copyfile(const char *from, const char *to, copyfile_state_t state, copyfile_flags_t flags) {
  struct side source, target;
  look(&source, AT_FDCWD, from, flags & COPYFILE_NOFOLLOW_SRC ? O_SYMLINK : 0);
  look(&target, AT_FDCWD, to, 0);
  if (moves_data(flags) && target.there) hold_bytes(&target.stamp, target.path);
  int result = copyfile(from, to, state, flags);
  if (result == 0 && moves_data(flags) && source.there) copied(&source, AT_FDCWD, to, target.there);
  return result;
}
INTERPOSE(our_copyfile, copyfile);

static int our_fcopyfile(int from, int to, copyfile_state_t state, copyfile_flags_t flags) {
  if (moves_data(flags)) touch_before_write(to);
  int result = fcopyfile(from, to, state, flags);
  if (result != 0 || !moves_data(flags)) return result;
  touch_read(from);
  touch_written(to);
  return result;
}
INTERPOSE(our_fcopyfile, fcopyfile);
