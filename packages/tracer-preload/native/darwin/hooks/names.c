/* Names made, moved and removed: what is there is looked at before, the fact is told when the call has succeeded. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interpose.h"

struct named {
  bool known, there;
  struct stamp stamp;
  char path[PATH_BYTES];
};

static void look(struct named *one, int dirfd, const char *name) {
  int before = errno;
  one->known = one->there = false;
  if (name && live()) {
    one->known = path_of_name(dirfd, name, one->path);
    one->there = one->known && stamp_path(dirfd, name, AT_SYMLINK_NOFOLLOW, &one->stamp);
  }
  errno = before;
}

static void hold_one(const struct named *one) {
  if (one->there) hold_bytes(&one->stamp, one->path);
}

#define RENAME(ours, theirs, parameters, arguments, from_dir, to_dir, swaps)                                    \
  static int ours parameters {                                                                                  \
    struct named source, target;                                                                                \
    look(&source, from_dir, from);                                                                              \
    look(&target, to_dir, to);                                                                                  \
    if (!(swaps)) hold_one(&target);                                                                           \
    int result = theirs arguments;                                                                              \
    if (result == 0 && source.there && target.known)                                                            \
      fact_rename((swaps) ? ROAR_RENAME_EXCHANGE : ROAR_RENAME_PLAIN, &source.stamp, target.there ? &target.stamp : NULL, source.path, target.path); \
    return result;                                                                                              \
  }                                                                                                             \
  INTERPOSE(ours, theirs)
RENAME(our_rename, rename, (const char *from, const char *to), (from, to), AT_FDCWD, AT_FDCWD, false);
RENAME(our_renameat, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), a, b, false);
RENAME(our_renamex_np, renamex_np, (const char *from, const char *to, unsigned flags), (from, to, flags), AT_FDCWD, AT_FDCWD, (flags & RENAME_SWAP) != 0);
RENAME(our_renameatx_np, renameatx_np, (int a, const char *from, int b, const char *to, unsigned flags), (a, from, b, to, flags), a, b, (flags & RENAME_SWAP) != 0);

#define REMOVE(ours, theirs, parameters, arguments, dirfd) \
  static int ours parameters {                             \
    struct named one;                                      \
    look(&one, dirfd, path);                               \
    hold_one(&one);                                       \
    int result = theirs arguments;                         \
    if (result == 0 && one.there) fact_unlink(&one.stamp, one.path); \
    return result;                                         \
  }                                                        \
  INTERPOSE(ours, theirs)
REMOVE(our_unlink, unlink, (const char *path), (path), AT_FDCWD);
REMOVE(our_unlinkat, unlinkat, (int dirfd, const char *path, int flags), (dirfd, path, flags), dirfd);
REMOVE(our_rmdir, rmdir, (const char *path), (path), AT_FDCWD);

#define LINK(ours, theirs, parameters, arguments, from_dir, to_dir)                             \
  static int ours parameters {                                                                  \
    struct named source, target;                                                                \
    look(&source, from_dir, from);                                                              \
    look(&target, to_dir, to);                                                                  \
    int result = theirs arguments;                                                              \
    if (result == 0 && source.there && target.known) fact_link(&source.stamp, source.path, target.path); \
    return result;                                                                              \
  }                                                                                             \
  INTERPOSE(ours, theirs)
LINK(our_link, link, (const char *from, const char *to), (from, to), AT_FDCWD, AT_FDCWD);
LINK(our_linkat, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), a, b);

#define SYMLINK(ours, theirs, parameters, arguments, dirfd)              \
  static int ours parameters {                                          \
    int result = theirs arguments;                                      \
    struct named one;                                                   \
    look(&one, dirfd, path);                                            \
    if (result == 0 && one.known) fact_symlink(text, one.path);         \
    return result;                                                      \
  }                                                                     \
  INTERPOSE(ours, theirs)
SYMLINK(our_symlink, symlink, (const char *text, const char *path), (text, path), AT_FDCWD);
SYMLINK(our_symlinkat, symlinkat, (const char *text, int dirfd, const char *path), (text, dirfd, path), dirfd);

#define MKDIR(ours, theirs, parameters, arguments, dirfd) \
  static int ours parameters {                            \
    int result = theirs arguments;                        \
    struct named one;                                     \
    look(&one, dirfd, path);                              \
    if (result == 0 && one.known) fact_mkdir(one.path);   \
    return result;                                        \
  }                                                       \
  INTERPOSE(ours, theirs)
MKDIR(our_mkdir, mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD);
MKDIR(our_mkdirat, mkdirat, (int dirfd, const char *path, mode_t mode), (dirfd, path, mode), dirfd);
