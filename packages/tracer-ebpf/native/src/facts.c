/* Records of the log, from stamps and texts. */
#include <string.h>

#include "follow.h"

#define NS_PER_S 1000000000ull

struct text text_of(const char *string) { return (struct text){string, strlen(string)}; }

bool stamp_path(const char *path, bool follow, struct stamp *stamp) {
  struct stat found;
  memset(stamp, 0, sizeof *stamp);
  if ((follow ? stat(path, &found) : lstat(path, &found)) < 0) return false;
  *stamp = (struct stamp){
    .dev = found.st_dev, .ino = found.st_ino, .size = (uint64_t)found.st_size, .mode = found.st_mode, .links = (uint32_t)found.st_nlink,
    .mtime_ns = (uint64_t)found.st_mtim.tv_sec * NS_PER_S + (uint64_t)found.st_mtim.tv_nsec,
    .ctime_ns = (uint64_t)found.st_ctim.tv_sec * NS_PER_S + (uint64_t)found.st_ctim.tv_nsec,
  };
  return true;
}

/* The generated records name these five alike; their places differ. */
#define STAMP(record, stamp) \
  ((record)->dev = (stamp)->dev, (record)->ino = (stamp)->ino, (record)->size = (stamp)->size, (record)->mtime_ns = (stamp)->mtime_ns, \
   (record)->ctime_ns = (stamp)->ctime_ns)

static char *put(char *at, struct text text) {
  memcpy(at, text.bytes, text.length);
  return at + text.length;
}

void fact_file(uint32_t pid, uint32_t flags, struct text path, const struct stamp *stamp, uint32_t access) {
  struct roar_file *record = record_begin(ROAR_RECORD_FILE, sizeof *record + path.length, pid, pid);
  if (!record) return;
  record->record.flags = flags;
  record->access = access;
  record->mode = stamp->mode;
  STAMP(record, stamp);
  record->path_length = (uint32_t)path.length;
  put((char *)(record + 1), path);
  record_end(record);
}

void fact_gap(uint32_t pid, uint32_t count, const char *code, struct text detail) {
  struct text name = text_of(code);
  struct roar_gap *record = record_begin(ROAR_RECORD_GAP, sizeof *record + name.length + detail.length, pid, pid);
  if (!record) return;
  record->count = count;
  record->code_length = (uint32_t)name.length;
  record->detail_length = (uint32_t)detail.length;
  put(put((char *)(record + 1), name), detail);
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

void fact_link(uint32_t pid, const struct stamp *stamp, struct text from, struct text to) {
  struct roar_link *record = record_begin(ROAR_RECORD_LINK, sizeof *record + from.length + to.length, pid, pid);
  if (!record) return;
  record->mode = stamp->mode;
  STAMP(record, stamp);
  record->from_length = (uint32_t)from.length;
  record->to_length = (uint32_t)to.length;
  put(put((char *)(record + 1), from), to);
  record_end(record);
}

void fact_symlink(uint32_t pid, struct text target, struct text path) {
  struct roar_symlink *record = record_begin(ROAR_RECORD_SYMLINK, sizeof *record + target.length + path.length, pid, pid);
  if (!record) return;
  record->target_length = (uint32_t)target.length;
  record->path_length = (uint32_t)path.length;
  put(put((char *)(record + 1), target), path);
  record_end(record);
}

void fact_mkdir(uint32_t pid, struct text path) {
  struct roar_mkdir *record = record_begin(ROAR_RECORD_MKDIR, sizeof *record + path.length, pid, pid);
  if (!record) return;
  record->path_length = (uint32_t)path.length;
  put((char *)(record + 1), path);
  record_end(record);
}

void fact_rename(uint32_t pid, uint32_t kind, const struct stamp *moved, const struct stamp *replaced, struct text from, struct text to) {
  struct roar_rename *record = record_begin(ROAR_RECORD_RENAME, sizeof *record + from.length + to.length, pid, pid);
  if (!record) return;
  record->kind = kind;
  record->mode = moved->mode;
  STAMP(record, moved);
  record->replaced_dev = replaced->dev;
  record->replaced_ino = replaced->ino;
  record->replaced_mode = replaced->mode;
  record->from_length = (uint32_t)from.length;
  record->to_length = (uint32_t)to.length;
  put(put((char *)(record + 1), from), to);
  record_end(record);
}

/* `links` of the stamp are those left behind. */
void fact_unlink(uint32_t pid, const struct stamp *stamp, struct text path) {
  struct roar_unlink *record = record_begin(ROAR_RECORD_UNLINK, sizeof *record + path.length, pid, pid);
  if (!record) return;
  record->mode = stamp->mode;
  record->links = stamp->links;
  STAMP(record, stamp);
  record->path_length = (uint32_t)path.length;
  put((char *)(record + 1), path);
  record_end(record);
}

void fact_name(uint32_t pid, const struct stamp *stamp, struct text path, struct text target) {
  struct roar_name *record = record_begin(ROAR_RECORD_NAME, sizeof *record + path.length + target.length, pid, pid);
  if (!record) return;
  record->dev = stamp->dev;
  record->ino = stamp->ino;
  record->path_length = (uint32_t)path.length;
  record->target_length = (uint32_t)target.length;
  put(put((char *)(record + 1), path), target);
  record_end(record);
}

/* argv is NUL-separated, as the kernel keeps it. */
void fact_exec(uint32_t pid, uint32_t flags, const struct stamp *stamp, struct text executable, struct text cwd, struct text argv) {
  size_t size = sizeof(struct roar_exec) + executable.length + cwd.length + argv.length;
  struct roar_exec *record = record_begin(ROAR_RECORD_EXEC, size, pid, pid);
  if (!record) return;
  record->record.flags = flags;
  record->parent = 0;
  STAMP(record, stamp);
  record->executable_length = (uint32_t)executable.length;
  record->interpreter_length = 0;
  record->cwd_length = (uint32_t)cwd.length;
  record->argv_length = (uint32_t)argv.length;
  put(put(put((char *)(record + 1), executable), cwd), argv);
  record_end(record);
}
