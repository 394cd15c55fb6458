/* Records of names made, moved and removed. */
#include <string.h>

#include "darwin.h"

static void two_texts(void *at, const char *first, size_t first_length, const char *second, size_t second_length) {
  memcpy(at, first, first_length);
  memcpy((char *)at + first_length, second, second_length);
}

/* Whoever puts paths together from names that it knows has to ask again. */
static void names_moved(void) { __atomic_fetch_add(&log_header()->moves, 1, __ATOMIC_RELEASE); }

void fact_rename(uint32_t kind, const struct stamp *moved, const struct stamp *replaced, const char *from, const char *to) {
  size_t from_length = strlen(from), to_length = strlen(to);
  names_moved();
  struct roar_rename *record = record_begin(ROAR_RECORD_RENAME, sizeof *record + from_length + to_length);
  if (!record) return;
  record->kind = kind;
  record->mode = moved->mode;
  record->dev = moved->dev;
  record->ino = moved->ino;
  record->size = moved->size;
  record->mtime_ns = moved->mtime_ns;
  record->ctime_ns = moved->ctime_ns;
  record->replaced_dev = replaced ? replaced->dev : 0;
  record->replaced_ino = replaced ? replaced->ino : 0;
  record->replaced_mode = replaced ? replaced->mode : 0;
  record->from_length = (uint32_t)from_length;
  record->to_length = (uint32_t)to_length;
  two_texts(record + 1, from, from_length, to, to_length);
  record_end(record);
}

void fact_link(const struct stamp *stamp, const char *from, const char *to) {
  size_t from_length = strlen(from), to_length = strlen(to);
  struct roar_link *record = record_begin(ROAR_RECORD_LINK, sizeof *record + from_length + to_length);
  if (!record) return;
  record->mode = stamp->mode;
  record->dev = stamp->dev;
  record->ino = stamp->ino;
  record->size = stamp->size;
  record->mtime_ns = stamp->mtime_ns;
  record->ctime_ns = stamp->ctime_ns;
  record->from_length = (uint32_t)from_length;
  record->to_length = (uint32_t)to_length;
  two_texts(record + 1, from, from_length, to, to_length);
  record_end(record);
}

void fact_symlink(const char *target, const char *path) {
  size_t target_length = strlen(target), path_length = strlen(path);
  struct roar_symlink *record = record_begin(ROAR_RECORD_SYMLINK, sizeof *record + target_length + path_length);
  if (!record) return;
  record->target_length = (uint32_t)target_length;
  record->path_length = (uint32_t)path_length;
  two_texts(record + 1, target, target_length, path, path_length);
  record_end(record);
}

/* `links` of the record are those left behind. */
void fact_unlink(const struct stamp *stamp, const char *path) {
  size_t length = strlen(path);
  struct roar_unlink *record = record_begin(ROAR_RECORD_UNLINK, sizeof *record + length);
  if (!record) return;
  record->mode = stamp->mode;
  record->links = stamp->links ? stamp->links - 1 : 0;
  record->dev = stamp->dev;
  record->ino = stamp->ino;
  record->size = stamp->size;
  record->mtime_ns = stamp->mtime_ns;
  record->ctime_ns = stamp->ctime_ns;
  record->path_length = (uint32_t)length;
  memcpy(record + 1, path, length);
  record_end(record);
}

void fact_mkdir(const char *path) {
  size_t length = strlen(path);
  struct roar_mkdir *record = record_begin(ROAR_RECORD_MKDIR, sizeof *record + length);
  if (!record) return;
  record->path_length = (uint32_t)length;
  memcpy(record + 1, path, length);
  record_end(record);
}
