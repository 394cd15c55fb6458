/* Fills the records of the log. */
#include "roar_facts.h"

/* Texts stand behind a record's fields, in the order of their lengths. */
static char *put(void *at, struct text text) {
  memcpy(at, text.bytes, text.length);
  return (char *)at + text.length;
}

void log_file(uint16_t type, uint32_t pid, uint32_t flags, struct text path, const struct stamp *stamp, uint32_t access) {
  struct roar_file *record = record_begin(type, sizeof *record + path.length, pid, pid);
  if (!record) return;
  record->record.flags = flags;
  record->access = access;
  record->mode = stamp->mode;
  STAMP_RECORD(record, stamp);
  record->path_length = (uint32_t)path.length;
  put(record + 1, path);
  record_end(record);
}

void log_name(uint32_t pid, const struct stamp *stamp, struct text path, struct text target) {
  struct roar_name *record = record_begin(ROAR_RECORD_NAME, sizeof *record + path.length + target.length, pid, pid);
  if (!record) return;
  record->dev = stamp->dev;
  record->ino = stamp->ino;
  record->path_length = (uint32_t)path.length;
  record->target_length = (uint32_t)target.length;
  put(put(record + 1, path), target);
  record_end(record);
}

void log_gap(uint32_t pid, uint32_t count, const char *code, struct text detail) {
  struct text name = text_of(code);
  struct roar_gap *record = record_begin(ROAR_RECORD_GAP, sizeof *record + name.length + detail.length, pid, pid);
  if (!record) return;
  record->count = count;
  record->code_length = (uint32_t)name.length;
  record->detail_length = (uint32_t)detail.length;
  put(put(record + 1, name), detail);
  record_end(record);
}

void log_unseen(uint32_t pid, const char *code, struct text executable, struct text argv) {
  struct text name = text_of(code);
  struct roar_unseen *record = record_begin(ROAR_RECORD_UNSEEN, sizeof *record + name.length + executable.length + argv.length, pid, pid);
  if (!record) return;
  record->code_length = (uint32_t)name.length;
  record->executable_length = (uint32_t)executable.length;
  record->argv_length = (uint32_t)argv.length;
  put(put(put(record + 1, name), executable), argv);
  record_end(record);
}

void log_fork(uint32_t pid, uint32_t parent, uint32_t flags) {
  struct roar_fork *record = record_begin(ROAR_RECORD_FORK, sizeof *record, pid, pid);
  if (!record) return;
  record->record.flags = flags;
  record->parent = parent;
  record_end(record);
}

void log_exit(uint32_t pid, int32_t status) {
  struct roar_exit *record = record_begin(ROAR_RECORD_EXIT, sizeof *record, pid, pid);
  if (!record) return;
  record->status = status;
  record_end(record);
}

void log_link(uint32_t pid, const struct stamp *stamp, struct text from, struct text to) {
  struct roar_link *record = record_begin(ROAR_RECORD_LINK, sizeof *record + from.length + to.length, pid, pid);
  if (!record) return;
  record->mode = stamp->mode;
  STAMP_RECORD(record, stamp);
  record->from_length = (uint32_t)from.length;
  record->to_length = (uint32_t)to.length;
  put(put(record + 1, from), to);
  record_end(record);
}

void log_symlink(uint32_t pid, struct text target, struct text path) {
  struct roar_symlink *record = record_begin(ROAR_RECORD_SYMLINK, sizeof *record + target.length + path.length, pid, pid);
  if (!record) return;
  record->target_length = (uint32_t)target.length;
  record->path_length = (uint32_t)path.length;
  put(put(record + 1, target), path);
  record_end(record);
}

void log_mkdir(uint32_t pid, struct text path) {
  struct roar_mkdir *record = record_begin(ROAR_RECORD_MKDIR, sizeof *record + path.length, pid, pid);
  if (!record) return;
  record->path_length = (uint32_t)path.length;
  put(record + 1, path);
  record_end(record);
}

void log_rename(uint32_t pid, uint32_t kind, const struct stamp *moved, const struct stamp *replaced, struct text from, struct text to) {
  struct roar_rename *record = record_begin(ROAR_RECORD_RENAME, sizeof *record + from.length + to.length, pid, pid);
  if (!record) return;
  record->kind = kind;
  record->mode = moved->mode;
  STAMP_RECORD(record, moved);
  record->replaced_dev = replaced ? replaced->dev : 0;
  record->replaced_ino = replaced ? replaced->ino : 0;
  record->replaced_mode = replaced ? replaced->mode : 0;
  record->from_length = (uint32_t)from.length;
  record->to_length = (uint32_t)to.length;
  put(put(record + 1, from), to);
  record_end(record);
}

void log_unlink(uint32_t pid, const struct stamp *stamp, uint32_t links_left, struct text path) {
  struct roar_unlink *record = record_begin(ROAR_RECORD_UNLINK, sizeof *record + path.length, pid, pid);
  if (!record) return;
  record->mode = stamp->mode;
  record->links = links_left;
  STAMP_RECORD(record, stamp);
  record->path_length = (uint32_t)path.length;
  put(record + 1, path);
  record_end(record);
}

uint64_t log_hold(uint32_t pid, uint32_t tid, const struct stamp *stamp, struct text path) {
  struct roar_hold *record = record_begin(ROAR_RECORD_HOLD, sizeof *record + path.length, pid, tid);
  if (!record) return 0;
  uint64_t ticket = record->ticket = __atomic_fetch_add(&log_header()->hold_ticket, 1, __ATOMIC_RELAXED);
  STAMP_RECORD(record, stamp);
  record->path_length = (uint32_t)path.length;
  put(record + 1, path);
  record_end(record);
  wake_recorder();
  return ticket;
}

void log_exec(const struct started *program, const struct stamp *stamp) {
  struct text executable = program->executable, cwd = program->cwd, argv = program->argv;
  size_t size = sizeof(struct roar_exec) + executable.length + cwd.length + argv.length;
  struct roar_exec *record = record_begin(ROAR_RECORD_EXEC, size, program->pid, program->pid);
  if (!record) return;
  record->record.flags = program->flags;
  record->parent = program->parent;
  STAMP_RECORD(record, stamp);
  record->executable_length = (uint32_t)executable.length;
  record->interpreter_length = 0;
  record->cwd_length = (uint32_t)cwd.length;
  record->argv_length = (uint32_t)argv.length;
  put(put(put(record + 1, executable), cwd), argv);
  record_end(record);
}
