/* Records of what the kernel says about files and processes. */
#include <string.h>
#include <unistd.h>

#include "darwin.h"

/* The filter's key for a file that was created here; its inode's own is the key for one that was read (../src/facts.c). */
#define MADE(ino) ((ino) ^ 0x6d616465ull << 32)

bool made_here(const struct stamp *stamp) { return filter_has(stamp->dev, MADE(stamp->ino)); }

static uint64_t ns_of(struct timespec time) { return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec; }

static void stamp_from(struct stamp *stamp, const struct stat *found) {
  stamp->dev = (uint64_t)found->st_dev;
  stamp->ino = found->st_ino;
  stamp->size = (uint64_t)found->st_size;
  stamp->mtime_ns = ns_of(found->st_mtimespec);
  stamp->ctime_ns = ns_of(found->st_ctimespec);
  stamp->birth_ns = ns_of(found->st_birthtimespec);
  stamp->mode = found->st_mode;
  stamp->links = found->st_nlink;
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

void fact_file_at(const char *path, const struct stamp *stamp, uint32_t access) {
  size_t length = strlen(path);
  if (!stamp->links) access |= ROAR_ACCESS_UNNAMED;
  if ((access & ROAR_ACCESS_READ) && is_regular(stamp)) filter_add(stamp->dev, stamp->ino);
  if (access & ROAR_ACCESS_CREATED) filter_add(stamp->dev, MADE(stamp->ino));
  struct roar_file *record = record_begin(ROAR_RECORD_FILE, sizeof *record + length);
  if (!record) return;
  record->access = access;
  record->mode = stamp->mode;
  record->dev = stamp->dev;
  record->ino = stamp->ino;
  record->size = stamp->size;
  record->mtime_ns = stamp->mtime_ns;
  record->ctime_ns = stamp->ctime_ns;
  record->path_length = (uint32_t)length;
  memcpy(record + 1, path, length);
  record_end(record);
}

void fact_file(int fd, const struct stamp *stamp, uint32_t access) {
  char path[PATH_BYTES];
  if (path_of_fd(fd, path)) fact_file_at(path, stamp, access);
}

void fact_gap(const char *code, const char *detail) {
  size_t code_length = strlen(code), detail_length = strlen(detail);
  struct roar_gap *record = record_begin(ROAR_RECORD_GAP, sizeof *record + code_length + detail_length);
  if (!record) return;
  record->count = 1;
  record->code_length = (uint32_t)code_length;
  record->detail_length = (uint32_t)detail_length;
  memcpy(record + 1, code, code_length);
  memcpy((char *)(record + 1) + code_length, detail, detail_length);
  record_end(record);
}

enum { MOST_WORDS = 4096 }; /* bytes of argv that a record keeps */

static size_t words_size(char *const *argv) {
  size_t size = 0;
  for (int i = 0; argv && argv[i] && size < MOST_WORDS; i++) size += strlen(argv[i]) + 1;
  return size < MOST_WORDS ? size : MOST_WORDS;
}

/* NUL-separated. */
static void copy_words(char *into, size_t size, char *const *argv) {
  size_t used = 0;
  for (int i = 0; argv && argv[i] && used < size; i++) {
    size_t length = strlen(argv[i]) + 1;
    if (length > size - used) length = size - used;
    memcpy(into + used, argv[i], length);
    used += length;
  }
}

void fact_unseen(const char *code, const char *executable, char *const *argv) {
  size_t code_length = strlen(code), path_length = strlen(executable), words = words_size(argv);
  struct roar_unseen *record = record_begin(ROAR_RECORD_UNSEEN, sizeof *record + code_length + path_length + words);
  if (!record) return;
  record->code_length = (uint32_t)code_length;
  record->executable_length = (uint32_t)path_length;
  record->argv_length = (uint32_t)words;
  char *at = (char *)(record + 1);
  memcpy(at, code, code_length);
  memcpy(at + code_length, executable, path_length);
  copy_words(at + code_length + path_length, words, argv);
  record_end(record);
}

void fact_exec(const struct stamp *stamp, const char *executable, const char *cwd, char *const *argv) {
  size_t executable_length = strlen(executable), cwd_length = strlen(cwd), words = words_size(argv);
  struct roar_exec *record = record_begin(ROAR_RECORD_EXEC, sizeof *record + executable_length + cwd_length + words);
  if (!record) return;
  record->record.flags = words == MOST_WORDS ? ROAR_FLAG_TRUNCATED : 0;
  record->parent = (uint32_t)getppid();
  record->dev = stamp->dev;
  record->ino = stamp->ino;
  record->size = stamp->size;
  record->mtime_ns = stamp->mtime_ns;
  record->ctime_ns = stamp->ctime_ns;
  record->executable_length = (uint32_t)executable_length;
  record->interpreter_length = 0;
  record->cwd_length = (uint32_t)cwd_length;
  record->argv_length = (uint32_t)words;
  char *at = (char *)(record + 1);
  memcpy(at, executable, executable_length);
  memcpy(at + executable_length, cwd, cwd_length);
  copy_words(at + executable_length + cwd_length, words, argv);
  record_end(record);
}

void fact_fork(uint32_t child, uint32_t parent, uint32_t flags) {
  struct roar_fork *record = record_begin(ROAR_RECORD_FORK, sizeof *record);
  if (!record) return;
  record->record.pid = record->record.tid = child;
  record->record.flags = flags;
  record->parent = parent;
  record_end(record);
}

void fact_exit(int status) {
  struct roar_exit *record = record_begin(ROAR_RECORD_EXIT, sizeof *record);
  if (!record) return;
  record->status = status;
  record_end(record);
}
