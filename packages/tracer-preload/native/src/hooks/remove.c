/* Removing names. Where it is the only one that is known, the bytes go with it. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "hook.h"

struct removal {
  struct stamp stamp;
  bool watched;
};

static void removal_begin(struct removal *it, int dirfd, const char *name) {
  it->watched = live() && stamp_path(dirfd, name, AT_SYMLINK_NOFOLLOW, &it->stamp);
  /* Another name may keep the bytes, but nobody knows it. */
  if (it->watched) hold_named(dirfd, name, &it->stamp);
}

static int removal_end(const struct removal *it, int result, int dirfd, const char *name) {
  /* A file that keeps another name does not show by itself that this one is gone. */
  if (result == 0 && it->watched && it->stamp.links > 1) names_moved();
  /* A directory by the name of a link is another one. */
  if (result == 0 && it->watched && (it->stamp.mode & S_IFMT) == S_IFLNK) directories_turned();
  struct scratch *path = result == 0 && it->watched ? scratch_take() : NULL;
  if (!path) return result;
  uint32_t marks = 0;
  size_t length = path_of_name(dirfd, name, path->text, &marks);
  struct roar_unlink *record = length ? record_begin(ROAR_RECORD_UNLINK, sizeof *record + length) : NULL;
  if (record) {
    record->record.flags = marks;
    record->mode = it->stamp.mode;
    record->links = it->stamp.links ? it->stamp.links - 1 : 0;
    STAMP_RECORD(record, &it->stamp);
    record->path_length = (uint32_t)length;
    copy_bytes(record + 1, path->text, length);
    record_end(record);
  }
  scratch_give(path);
  return result;
}

#define REMOVE(name, number)                                                                                        \
  EXPORT int name(const char *path) {                                                                               \
    struct removal it;                                                                                              \
    removal_begin(&it, AT_FDCWD, path);                                                                             \
    return removal_end(&it, CALL(name, number, int (*)(const char *), (path), path, 0, 0, 0, 0, 0), AT_FDCWD, path); \
  }
REMOVE(unlink, OLD(unlink))
REMOVE(rmdir, OLD(rmdir))

/* libc tries one, then the other. */
EXPORT int remove(const char *path) {
  struct removal it;
  removal_begin(&it, AT_FDCWD, path);
  return removal_end(&it, QUIETLY(int, REAL(remove, int (*)(const char *))(path)), AT_FDCWD, path);
}

EXPORT int unlinkat(int dirfd, const char *path, int flags) {
  struct removal it;
  removal_begin(&it, dirfd, path);
  return removal_end(&it, CALL(unlinkat, SYS_unlinkat, int (*)(int, const char *, int), (dirfd, path, flags), dirfd, path, flags, 0, 0, 0), dirfd, path);
}

EXPORT int shm_unlink(const char *name) {
  int (*real)(const char *) = REAL(shm_unlink, int (*)(const char *));
  if (unlikely(!real)) real = (int (*)(const char *))resolve_late(REAL_shm_unlink);
  char path[SHARED_PATH];
  if (!shared_path(name, path)) return real(name);
  struct removal it;
  removal_begin(&it, AT_FDCWD, path);
  return removal_end(&it, QUIETLY(int, real(name)), AT_FDCWD, path);
}
