/* Records of what the kernel says about files and processes. */
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "supervise.h"

void stamp_from(struct stamp *stamp, const struct stat *found) {
  stamp->dev = found->st_dev;
  stamp->ino = found->st_ino;
  stamp->size = (uint64_t)found->st_size;
  stamp->mtime_ns = (uint64_t)found->st_mtim.tv_sec * NS_PER_S + (uint64_t)found->st_mtim.tv_nsec;
  stamp->ctime_ns = (uint64_t)found->st_ctim.tv_sec * NS_PER_S + (uint64_t)found->st_ctim.tv_nsec;
  stamp->mode = found->st_mode;
  stamp->links = (uint32_t)found->st_nlink;
}

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

/* The generated records name these five alike; their places differ. */
#define STAMP(record, stamp)              \
  do {                                    \
    (record)->dev = (stamp)->dev;         \
    (record)->ino = (stamp)->ino;         \
    (record)->size = (stamp)->size;       \
    (record)->mtime_ns = (stamp)->mtime_ns; \
    (record)->ctime_ns = (stamp)->ctime_ns; \
  } while (0)

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
  struct roar_file *record = record_begin(type, sizeof *record + length, pid, pid);
  if (!record) return;
  record->access = access;
  record->mode = stamp->mode;
  STAMP(record, stamp);
  record->path_length = (uint32_t)length;
  memcpy(record + 1, path, length);
  record_end(record);
}

void fact_gap(uint32_t pid, const char *code, const char *detail) {
  size_t code_length = strlen(code), detail_length = strlen(detail);
  struct roar_gap *record = record_begin(ROAR_RECORD_GAP, sizeof *record + code_length + detail_length, pid, pid);
  if (!record) return;
  record->count = 1;
  record->code_length = (uint32_t)code_length;
  record->detail_length = (uint32_t)detail_length;
  memcpy(record + 1, code, code_length);
  memcpy((char *)(record + 1) + code_length, detail, detail_length);
  record_end(record);
}

void fact_fork(uint32_t pid, uint32_t parent) {
  struct roar_fork *record = record_begin(ROAR_RECORD_FORK, sizeof *record, pid, pid);
  if (!record) return;
  record->parent = parent;
  record_end(record);
}

void fact_exit(uint32_t pid, int32_t status) {
  struct roar_exit *record = record_begin(ROAR_RECORD_EXIT, sizeof *record, pid, pid);
  if (!record) return;
  record->status = status;
  record_end(record);
}

static void two_texts(void *at, const char *first, size_t first_length, const char *second, size_t second_length) {
  memcpy(at, first, first_length);
  memcpy((char *)at + first_length, second, second_length);
}

/* `link`, `symlink` (its target first) and `mkdir`. */
void fact_pair(uint16_t type, uint32_t pid, const struct stamp *stamp, const char *from, const char *to) {
  size_t from_length = strlen(from), to_length = strlen(to);
  if (type == ROAR_RECORD_LINK) {
    struct roar_link *record = record_begin(type, sizeof *record + from_length + to_length, pid, pid);
    if (!record) return;
    record->mode = stamp->mode;
    STAMP(record, stamp);
    record->from_length = (uint32_t)from_length;
    record->to_length = (uint32_t)to_length;
    two_texts(record + 1, from, from_length, to, to_length);
    record_end(record);
  } else if (type == ROAR_RECORD_SYMLINK) {
    struct roar_symlink *record = record_begin(type, sizeof *record + from_length + to_length, pid, pid);
    if (!record) return;
    record->target_length = (uint32_t)from_length;
    record->path_length = (uint32_t)to_length;
    two_texts(record + 1, from, from_length, to, to_length);
    record_end(record);
  } else {
    struct roar_mkdir *record = record_begin(type, sizeof *record + to_length, pid, pid);
    if (!record) return;
    record->path_length = (uint32_t)to_length;
    memcpy(record + 1, to, to_length);
    record_end(record);
  }
}

void fact_rename(uint32_t pid, uint32_t kind, const struct stamp *moved, const struct stamp *replaced, const char *from, const char *to) {
  size_t from_length = strlen(from), to_length = strlen(to);
  struct roar_rename *record = record_begin(ROAR_RECORD_RENAME, sizeof *record + from_length + to_length, pid, pid);
  if (!record) return;
  record->kind = kind;
  record->mode = moved->mode;
  STAMP(record, moved);
  record->replaced_dev = replaced ? replaced->dev : 0;
  record->replaced_ino = replaced ? replaced->ino : 0;
  record->replaced_mode = replaced ? replaced->mode : 0;
  record->from_length = (uint32_t)from_length;
  record->to_length = (uint32_t)to_length;
  two_texts(record + 1, from, from_length, to, to_length);
  record_end(record);
}

/* `links` of the record are those left behind. */
void fact_unlink(uint32_t pid, const struct stamp *stamp, const char *path) {
  size_t length = strlen(path);
  struct roar_unlink *record = record_begin(ROAR_RECORD_UNLINK, sizeof *record + length, pid, pid);
  if (!record) return;
  record->mode = stamp->mode;
  record->links = stamp->links ? stamp->links - 1 : 0;
  STAMP(record, stamp);
  record->path_length = (uint32_t)length;
  memcpy(record + 1, path, length);
  record_end(record);
}

/* argv is NUL-separated, as /proc/PID/cmdline has it. */
void fact_exec(uint32_t pid, uint32_t parent, const struct stamp *stamp, const char *executable, const char *cwd, const char *argv, size_t argv_length) {
  size_t executable_length = strlen(executable), cwd_length = strlen(cwd);
  struct roar_exec *record = record_begin(ROAR_RECORD_EXEC, sizeof *record + executable_length + cwd_length + argv_length, pid, pid);
  if (!record) return;
  record->parent = parent;
  STAMP(record, stamp);
  record->executable_length = (uint32_t)executable_length;
  record->interpreter_length = 0;
  record->cwd_length = (uint32_t)cwd_length;
  record->argv_length = (uint32_t)argv_length;
  char *at = (char *)(record + 1);
  two_texts(at, executable, executable_length, cwd, cwd_length);
  memcpy(at + executable_length + cwd_length, argv, argv_length);
  record_end(record);
}

/* A symlink by which the program reached the file. */
void fact_name(uint32_t pid, const struct stamp *stamp, const char *path, const char *target) {
  size_t path_length = strlen(path), target_length = strlen(target);
  struct roar_name *record = record_begin(ROAR_RECORD_NAME, sizeof *record + path_length + target_length, pid, pid);
  if (!record) return;
  record->dev = stamp->dev;
  record->ino = stamp->ino;
  record->path_length = (uint32_t)path_length;
  record->target_length = (uint32_t)target_length;
  two_texts(record + 1, path, path_length, target, target_length);
  record_end(record);
}
