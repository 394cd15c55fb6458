/* Records of what the kernel says about files, names and processes (trace-protocol/native/roar_facts.h), as this process's own. */
#include <string.h>
#include <unistd.h>

#include "darwin.h"
#include "roar_record.h"

bool made_here(const struct stamp *stamp) { return filter_has(stamp->dev, filter_made(stamp->ino)); }

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
  if (!stamp->links) access |= ROAR_ACCESS_UNNAMED;
  if ((access & ROAR_ACCESS_READ) && is_regular(stamp)) filter_add(stamp->dev, stamp->ino);
  if (access & ROAR_ACCESS_CREATED) filter_add(stamp->dev, filter_made(stamp->ino));
  log_file(ROAR_RECORD_FILE, own_pid(), 0, text_of(path), stamp, access);
}

void fact_file(int fd, const struct stamp *stamp, uint32_t access) {
  char path[PATH_BYTES];
  if (path_of_fd(fd, path)) fact_file_at(path, stamp, access);
}

void fact_gap(const char *code, const char *detail) { log_gap(own_pid(), 1, code, text_of(detail)); }

enum { MOST_WORDS = 4096 }; /* bytes of argv that a record keeps */

/* A NUL behind each; those that do not fit are cut. */
static struct text words_of(char *const *argv, char into[MOST_WORDS]) {
  size_t used = 0;
  for (int i = 0; argv && argv[i] && used < MOST_WORDS; i++) {
    size_t length = strlen(argv[i]) + 1;
    if (length > MOST_WORDS - used) length = MOST_WORDS - used;
    memcpy(into + used, argv[i], length);
    used += length;
  }
  return (struct text){into, used};
}

void fact_unseen(const char *code, const char *executable, char *const *argv) {
  char words[MOST_WORDS];
  log_unseen(own_pid(), code, text_of(executable), words_of(argv, words));
}

void fact_exec(const struct stamp *stamp, const char *executable, const char *cwd, char *const *argv) {
  char words[MOST_WORDS];
  struct started program = {.pid = own_pid(), .parent = (uint32_t)getppid(), .executable = text_of(executable), .cwd = text_of(cwd), .argv = words_of(argv, words)};
  if (program.argv.length == MOST_WORDS) program.flags = ROAR_FLAG_TRUNCATED;
  log_exec(&program, stamp);
}

void fact_exit(int status) { log_exit(own_pid(), status); }

void fact_rename(uint32_t kind, const struct stamp *moved, const struct stamp *replaced, const char *from, const char *to) {
  names_moved();
  log_rename(own_pid(), kind, moved, replaced, text_of(from), text_of(to));
}

void fact_link(const struct stamp *stamp, const char *from, const char *to) { log_link(own_pid(), stamp, text_of(from), text_of(to)); }
void fact_symlink(const char *target, const char *path) { log_symlink(own_pid(), text_of(target), text_of(path)); }
void fact_unlink(const struct stamp *stamp, const char *path) { log_unlink(own_pid(), stamp, stamp->links ? stamp->links - 1 : 0, text_of(path)); }
void fact_mkdir(const char *path) { log_mkdir(own_pid(), text_of(path)); }
