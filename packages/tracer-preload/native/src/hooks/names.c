/* Names: rename, link, symlink, unlink, mkdir. Paths are the kernel's for the directory, the program's for the last name. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "hook.h"

/* RENAME_EXCHANGE (Linux 3.15) and RENAME_WHITEOUT (3.18), which glibc's stdio.h has since 2.28. */
#define EXCHANGE 2u
#define WHITEOUT 4u

struct renaming {
  struct stamp from, to;
  struct scratch *path;
  size_t length;
  uint32_t flags;
  bool watched, replaces;
};

static void renaming_begin(struct renaming *it, int old_dir, const char *old, int new_dir, const char *new) {
  it->path = NULL;
  it->length = 0;
  it->flags = 0;
  it->watched = live() && stamp_path(old_dir, old, AT_SYMLINK_NOFOLLOW, &it->from);
  if (!it->watched) return;
  it->replaces = stamp_path(new_dir, new, AT_SYMLINK_NOFOLLOW, &it->to);
  /* The bytes go with their last name; where there is another, nobody knows it. */
  if (it->replaces && !same_file(&it->from, &it->to)) hold_named(new_dir, new, &it->to);
  it->path = scratch_take();
  if (it->path) it->length = path_of_name(old_dir, old, it->path->text, &it->flags);
}

static void record_rename(const struct renaming *it, const char *to, size_t to_length, unsigned flags) {
  struct roar_rename *record = record_begin(ROAR_RECORD_RENAME, sizeof *record + it->length + to_length);
  if (!record) return;
  record->record.flags = it->flags;
  record->kind = flags & EXCHANGE ? ROAR_RENAME_EXCHANGE : flags & WHITEOUT ? ROAR_RENAME_WHITEOUT : ROAR_RENAME_PLAIN;
  record->mode = it->from.mode;
  STAMP_RECORD(record, &it->from);
  record->replaced_dev = it->replaces ? it->to.dev : 0;
  record->replaced_ino = it->replaces ? it->to.ino : 0;
  record->replaced_mode = it->replaces ? it->to.mode : 0;
  record->from_length = (uint32_t)it->length;
  record->to_length = (uint32_t)to_length;
  copy_bytes(record + 1, it->path->text, it->length);
  copy_bytes((char *)(record + 1) + it->length, to, to_length);
  record_end(record);
}

static void note_move(const struct renaming *it, unsigned flags) {
  names_moved();
  if (!is_regular(&it->from) || ((flags & EXCHANGE) && !is_regular(&it->to))) directories_turned();
}

static int renaming_end(struct renaming *it, int result, int new_dir, const char *new, unsigned flags) {
  struct scratch *to = result == 0 && it->watched && it->length ? scratch_take() : NULL;
  /* Two names of one file: the kernel does nothing, and says that it worked. */
  bool idle = it->watched && it->replaces && same_file(&it->from, &it->to) && !(flags & EXCHANGE);
  if (result == 0 && it->watched) note_move(it, flags);
  if (to && !idle) {
    size_t length = path_of_name(new_dir, new, to->text, &it->flags);
    if (length) record_rename(it, to->text, length, flags);
  }
  scratch_give(to);
  scratch_give(it->path);
  return result;
}

EXPORT int rename(const char *old, const char *new) {
  struct renaming it;
  renaming_begin(&it, AT_FDCWD, old, AT_FDCWD, new);
  return renaming_end(&it, CALL(rename, OLD(rename), int (*)(const char *, const char *), (old, new), old, new, 0, 0, 0, 0), AT_FDCWD, new, 0);
}

EXPORT int renameat(int old_dir, const char *old, int new_dir, const char *new) {
  struct renaming it;
  renaming_begin(&it, old_dir, old, new_dir, new);
  return renaming_end(&it, CALL(renameat, SYS_renameat, int (*)(int, const char *, int, const char *), (old_dir, old, new_dir, new), old_dir, old, new_dir, new, 0, 0), new_dir, new, 0);
}

EXPORT int renameat2(int old_dir, const char *old, int new_dir, const char *new, unsigned flags) {
  struct renaming it;
  renaming_begin(&it, old_dir, old, new_dir, new);
  int (*real)(int, const char *, int, const char *, unsigned) = REAL(renameat2, int (*)(int, const char *, int, const char *, unsigned));
  /* glibc before 2.28 has none: there it comes by syscall(2) alone. */
  bool direct = may_pass(real);
  int result = direct ? (int)PASSED(SYS_renameat2, old_dir, old, new_dir, new, flags, 0)
               : real ? real(old_dir, old, new_dir, new, flags)
                      : (int)raw_result(SYS(SYS_renameat2, old_dir, old, new_dir, new, flags));
  return renaming_end(&it, result, new_dir, new, flags);
}

/* linkat(2) takes a link by its own name unless it is told to follow it; AT_EMPTY_PATH is the descriptor's file itself, as with O_TMPFILE. */
static size_t followed(int dirfd, const char *name, int flags, char *into, uint32_t *marks) {
  if (!(flags & (AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))) return path_of_name(dirfd, name, into, marks);
  if ((flags & AT_EMPTY_PATH) && !*name) return path_of_fd(dirfd, into, marks);
  long fd = SYS(SYS_openat, dirfd, name, O_PATH | O_CLOEXEC, 0);
  if (fd < 0) return 0;
  size_t length = path_of_fd((int)fd, into, marks);
  SYS(SYS_close, fd);
  return length;
}

static int linked(int result, int old_dir, const char *old, int new_dir, const char *new, int flags) {
  struct stamp stamp;
  if (result != 0 || !live() || !stamp_path(new_dir, new, AT_SYMLINK_NOFOLLOW, &stamp)) return result;
  struct scratch *from = scratch_take(), *to = scratch_take();
  uint32_t marks = 0;
  size_t from_length = from ? followed(old_dir, old, flags, from->text, &marks) : 0;
  size_t to_length = to ? path_of_name(new_dir, new, to->text, &marks) : 0;
  struct roar_link *record = from_length && to_length ? record_begin(ROAR_RECORD_LINK, sizeof *record + from_length + to_length) : NULL;
  if (record) {
    record->record.flags = marks;
    record->mode = stamp.mode;
    STAMP_RECORD(record, &stamp);
    record->from_length = (uint32_t)from_length;
    record->to_length = (uint32_t)to_length;
    copy_bytes(record + 1, from->text, from_length);
    copy_bytes((char *)(record + 1) + from_length, to->text, to_length);
    record_end(record);
  }
  scratch_give(from);
  scratch_give(to);
  return result;
}

EXPORT int link(const char *old, const char *new) {
  return linked(CALL(link, OLD(link), int (*)(const char *, const char *), (old, new), old, new, 0, 0, 0, 0), AT_FDCWD, old, AT_FDCWD, new, 0);
}

EXPORT int linkat(int old_dir, const char *old, int new_dir, const char *new, int flags) {
  int result = CALL(linkat, SYS_linkat, int (*)(int, const char *, int, const char *, int), (old_dir, old, new_dir, new, flags), old_dir, old, new_dir, new, flags, 0);
  return linked(result, old_dir, old, new_dir, new, flags);
}

/* The target is kept as it was written: it need not exist. */
static int made_symlink(int result, const char *target, int dirfd, const char *name) {
  bool made = result == 0 && live();
  if (made) directories_turned();
  struct scratch *path = made ? scratch_take() : NULL;
  if (!path) return result;
  uint32_t marks = 0;
  size_t length = path_of_name(dirfd, name, path->text, &marks), target_length = text_length(target);
  struct roar_symlink *record = length ? record_begin(ROAR_RECORD_SYMLINK, sizeof *record + target_length + length) : NULL;
  if (record) {
    record->record.flags = marks;
    record->target_length = (uint32_t)target_length;
    record->path_length = (uint32_t)length;
    copy_bytes(record + 1, target, target_length);
    copy_bytes((char *)(record + 1) + target_length, path->text, length);
    record_end(record);
  }
  scratch_give(path);
  return result;
}

EXPORT int symlink(const char *target, const char *name) {
  return made_symlink(CALL(symlink, OLD(symlink), int (*)(const char *, const char *), (target, name), target, name, 0, 0, 0, 0), target, AT_FDCWD, name);
}

EXPORT int symlinkat(const char *target, int dirfd, const char *name) {
  return made_symlink(CALL(symlinkat, SYS_symlinkat, int (*)(const char *, int, const char *), (target, dirfd, name), target, dirfd, name, 0, 0, 0), target, dirfd, name);
}

static int made_directory(int result, int dirfd, const char *name) {
  struct scratch *path = result == 0 && live() ? scratch_take() : NULL;
  if (!path) return result;
  uint32_t marks = 0;
  size_t length = path_of_name(dirfd, name, path->text, &marks);
  struct roar_mkdir *record = length ? record_begin(ROAR_RECORD_MKDIR, sizeof *record + length) : NULL;
  if (record) {
    record->record.flags = marks;
    record->path_length = (uint32_t)length;
    copy_bytes(record + 1, path->text, length);
    record_end(record);
  }
  scratch_give(path);
  return result;
}

EXPORT int mkdir(const char *path, mode_t mode) {
  return made_directory(CALL(mkdir, OLD(mkdir), int (*)(const char *, mode_t), (path, mode), path, mode, 0, 0, 0, 0), AT_FDCWD, path);
}

EXPORT int mkdirat(int dirfd, const char *path, mode_t mode) {
  return made_directory(CALL(mkdirat, SYS_mkdirat, int (*)(int, const char *, mode_t), (dirfd, path, mode), dirfd, path, mode, 0, 0, 0), dirfd, path);
}

/* libc makes the directory by a call of its own, which no hook sees. */
EXPORT char *mkdtemp(char *pattern) {
  char *made = QUIETLY(char *, REAL(mkdtemp, char *(*)(char *))(pattern));
  if (made) made_directory(0, AT_FDCWD, made);
  return made;
}
