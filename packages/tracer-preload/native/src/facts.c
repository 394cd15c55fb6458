/* Records of what the kernel says about files. */
#include <fcntl.h>

#include "roar.h"
#include "roar_record.h"

bool stamp_fd(int fd, struct stamp *stamp) {
  struct stat found;
  if (SYS(SYS_fstat, fd, &found) < 0) return false;
  stamp_from(stamp, &found);
  return true;
}

bool stamp_path(int dirfd, const char *path, int flags, struct stamp *stamp) {
  struct stat found;
  if (SYS(SYS_newfstatat, dirfd, path, &found, flags) < 0) return false;
  stamp_from(stamp, &found);
  return true;
}

/* `file` and `settled` have the same shape. */
void fact_file_at(uint16_t type, const char *path, size_t length, const struct stamp *stamp, uint32_t access, uint32_t flags) {
  if (flags & ROAR_FLAG_GONE) access |= ROAR_ACCESS_UNNAMED;
  if ((access & ROAR_ACCESS_READ) && is_regular(stamp)) filter_add(stamp->dev, stamp->ino);
  if (access & ROAR_ACCESS_CREATED) filter_add(stamp->dev, filter_made(stamp->ino));
  struct roar_file *record = record_begin(type, sizeof *record + length);
  if (!record) return;
  record->record.flags = flags;
  record->access = access;
  record->mode = stamp->mode;
  STAMP_RECORD(record, stamp);
  record->path_length = (uint32_t)length;
  copy_bytes(record + 1, path, length);
  record_end(record);
}

/* Without asking the kernel where the name by which it was opened tells enough. */
static size_t path_by_hint(const struct hint *hint, const struct stamp *stamp, char *into) {
  const char *name;
  size_t length = place_whole(hint, &name);
  if (!length || !name_is_known(NAME_OPENED, name, length, stamp)) return place_path(hint, stamp, into);
  copy_bytes(into, name, length);
  into[length] = 0;
  return length;
}

static void learn_path(const struct hint *hint, const struct stamp *stamp, const char *path, size_t length, uint32_t flags) {
  const char *name;
  place_learn(hint, path, length);
  if (flags || place_whole(hint, &name) != length) return;
  for (size_t i = 0; i < length; i++)
    if (name[i] != path[i]) return;
  name_learn(NAME_OPENED, name, length, stamp);
}

void fact_file(uint16_t type, int fd, const struct stamp *stamp, uint32_t access) {
  struct scratch *scratch = scratch_take();
  if (!scratch) return;
  uint32_t flags = 0;
  const struct hint *alias = NULL;
  struct descriptor *one = borrowed() || descriptors_shared ? NULL : descriptor_at(fd, false);
  /* A number that is ours for a moment has been another file's: its hint is not this one's. */
  if (one && !(one->bits & FD_KNOWN)) one = NULL;
  size_t length = one ? path_by_hint(&one->hint, stamp, scratch->text) : 0;
  if (!length) {
    length = path_of_fd(fd, scratch->text, &flags);
    if (one && length) learn_path(&one->hint, stamp, scratch->text, length, flags);
    alias = one && length && one->hint.length ? &one->hint : NULL;
  }
  if (links_to_unnamed(stamp)) access |= ROAR_ACCESS_UNNAMED;
  if (length) fact_file_at(type, scratch->text, length, stamp, access, flags);
  /* Behind the fact: the reader must know the file to give it a name. */
  if (alias && is_regular(stamp)) place_alias(alias, stamp, scratch->text, length);
  scratch_give(scratch);
}

void fact_gap(const char *code, const char *detail) {
  size_t code_length = text_length(code), detail_length = text_length(detail);
  struct roar_gap *record = record_begin(ROAR_RECORD_GAP, sizeof *record + code_length + detail_length);
  if (!record) return;
  record->count = 1;
  record->code_length = (uint32_t)code_length;
  record->detail_length = (uint32_t)detail_length;
  copy_bytes(record + 1, code, code_length);
  copy_bytes((char *)(record + 1) + code_length, detail, detail_length);
  record_end(record);
}

static size_t argv_size(char *const *argv) {
  size_t size = 0;
  for (int i = 0; argv && argv[i] && size < 4096; i++) size += text_length(argv[i]) + 1;
  return size < 4096 ? size : 4096;
}

static void copy_argv(char *into, size_t size, char *const *argv) {
  size_t used = 0;
  for (int i = 0; argv && argv[i] && used < size; i++) {
    size_t length = text_length(argv[i]) + 1;
    if (length > size - used) length = size - used;
    copy_bytes(into + used, argv[i], length);
    used += length;
  }
}

void fact_unseen(const char *code, const char *executable, char *const *argv) {
  size_t code_length = text_length(code), path_length = text_length(executable), words = argv_size(argv);
  struct roar_unseen *record = record_begin(ROAR_RECORD_UNSEEN, sizeof *record + code_length + path_length + words);
  if (!record) return;
  record->code_length = (uint32_t)code_length;
  record->executable_length = (uint32_t)path_length;
  record->argv_length = (uint32_t)words;
  char *at = (char *)(record + 1);
  copy_bytes(at, code, code_length);
  copy_bytes(at + code_length, executable, path_length);
  copy_argv(at + code_length + path_length, words, argv);
  record_end(record);
}

/*
 * Bytes that this job has read are about to be destroyed: wait until their digest is taken. The recorder's heartbeat bounds it: one that is dead,
 * or stuck for a second, holds nobody.
 */
static void wait_for_release(uint64_t ticket) {
  struct roar_header *header = log_header();
  uint32_t heartbeat = __atomic_load_n(&header->heartbeat, __ATOMIC_RELAXED);
  long nap = 50000, still = 0;
  while (__atomic_load_n(&header->holds_released, __ATOMIC_ACQUIRE) <= ticket && !log_closed()) {
    struct { long s, ns; } time = {0, nap};
    SYS(SYS_nanosleep, &time, 0);
    uint32_t now = __atomic_load_n(&header->heartbeat, __ATOMIC_RELAXED);
    still = now == heartbeat ? still + nap : 0;
    heartbeat = now;
    if (still > 1000000000) return;
    if (nap < 2000000) nap *= 2;
  }
}

/*
 * What this job has made is no input of it, and nobody waits for its bytes: a compiler driver removes a file of each pass. The filter may err for one
 * file in some; that and a birth behind the log's own is certain enough.
 */
static bool made_here(const struct stamp *stamp, int fd, const char *path) {
  if (!filter_has(stamp->dev, filter_made(stamp->ino))) return false;
  return log_born && file_birth(fd, path) >= log_born;
}

void hold_bytes(const struct stamp *stamp, int fd, const char *path, size_t length) {
  if (!is_regular(stamp) || !stamp->size || !filter_has(stamp->dev, stamp->ino)) return;
  if (made_here(stamp, fd, path)) return;
  struct scratch *scratch = path ? NULL : scratch_take();
  uint32_t flags = 0;
  if (scratch) length = path_of_fd(fd, scratch->text, &flags);
  struct roar_hold *record = length ? record_begin(ROAR_RECORD_HOLD, sizeof *record + length) : NULL;
  if (record) {
    uint64_t ticket = record->ticket = __atomic_fetch_add(&log_header()->hold_ticket, 1, __ATOMIC_RELAXED);
    STAMP_RECORD(record, stamp);
    record->path_length = (uint32_t)length;
    copy_bytes(record + 1, path ? path : scratch->text, length);
    record_end(record);
    wake_recorder();
    wait_for_release(ticket);
  }
  scratch_give(scratch);
}
