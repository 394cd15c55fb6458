/* A program about to be started: what will not take the library is known before it runs, and told. */
#include <string.h>
#include <unistd.h>

#include "darwin.h"

#ifdef __aarch64__
#define OWN_CPU 0x0100000cu /* CPU_TYPE_ARM64 */
#else
#define OWN_CPU 0x01000007u /* CPU_TYPE_X86_64 */
#endif
/* System integrity protection marks its files (sys/stat.h); the places are those of a system without that mark on a copy of its volume. */
#ifndef SF_RESTRICTED
#define SF_RESTRICTED 0x00080000
#endif

static bool lies_below(const char *path, const char *place) { return strncmp(path, place, strlen(place)) == 0; }

static bool is_protected_place(const char *path) {
  if (lies_below(path, "/usr/local/")) return false;
  return lies_below(path, "/usr/") || lies_below(path, "/bin/") || lies_below(path, "/sbin/") || lies_below(path, "/System/");
}

static bool is_set_id(const struct stat *found) {
  if ((found->st_mode & S_ISUID) && found->st_uid != geteuid()) return true;
  return (found->st_mode & S_ISGID) && (found->st_mode & S_IXGRP) && found->st_gid != getegid();
}

static const char *gap_of(int fd) {
  struct stat found;
  char path[PATH_BYTES];
  if (fstat(fd, &found) < 0) return NULL;
  if (is_set_id(&found)) return "set-id";
  if ((found.st_flags & SF_RESTRICTED) || (path_of_fd(fd, path) && is_protected_place(path))) return "protected-program";
  switch (macho_inspect(fd, OWN_CPU)) {
    case MACHO_FOREIGN: return "foreign-architecture";
    case MACHO_PROTECTED: return "protected-program";
    default: return NULL;
  }
}

/* The interpreter that the first line names; false: no script. */
static bool interpreter_of(int fd, char into[PATH_BYTES]) {
  char head[513];
  ssize_t got = pread(fd, head, sizeof head - 1, 0);
  if (got < 3 || head[0] != '#' || head[1] != '!') return false;
  head[got] = 0;
  char *from = head + 2 + strspn(head + 2, " \t");
  from[strcspn(from, " \t\n")] = 0;
  return *from == '/' && strlcpy(into, from, PATH_BYTES) < PATH_BYTES;
}

/* Not readable, or not there: starting it will say so. */
void target_inspect(const char *path, struct target *target) {
  char place[PATH_BYTES], next[PATH_BYTES];
  target->gap = NULL;
  *target->script = 0;
  if (strlcpy(place, path, sizeof place) >= sizeof place) return;
  for (int depth = 0; depth < 4; depth++) {
    int fd = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return;
    bool script = interpreter_of(fd, next);
    if (script && !depth && !path_of_fd(fd, target->script)) *target->script = 0;
    if (!script) target->gap = gap_of(fd);
    close(fd);
    if (!script) return;
    memcpy(place, next, sizeof place);
  }
}
