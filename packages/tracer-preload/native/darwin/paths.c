/* Paths as the kernel has them. */
#include <string.h>
#include <unistd.h>

#include "darwin.h"

bool path_of_fd(int fd, char into[PATH_BYTES]) { return fcntl(fd, F_GETPATH, into) == 0 && *into == '/'; }

/* "." and ".." are names of a directory that is moved or removed nowhere. */
static const char *last_name(char *place, size_t length) {
  while (length > 1 && place[length - 1] == '/') place[--length] = 0;
  char *slash = strrchr(place, '/');
  const char *last = slash ? slash + 1 : place;
  return !*last || strcmp(last, ".") == 0 || strcmp(last, "..") == 0 ? NULL : last;
}

static int open_parent(int dirfd, const char *place, const char *last) {
  char parent[PATH_BYTES];
  size_t length = (size_t)(last - place);
  if (!length) return openat(dirfd, ".", O_EVTONLY | O_CLOEXEC);
  memcpy(parent, place, length);
  parent[length] = 0;
  return openat(dirfd, parent, O_EVTONLY | O_CLOEXEC);
}

bool path_of_name(int dirfd, const char *name, char into[PATH_BYTES]) {
  char place[PATH_BYTES];
  size_t length = strnlen(name, PATH_BYTES);
  if (!length || length == PATH_BYTES) return false;
  memcpy(place, name, length + 1);
  const char *last = last_name(place, length);
  int parent = last ? open_parent(dirfd, place, last) : -1;
  if (parent < 0) return false;
  bool known = path_of_fd(parent, into);
  close(parent);
  size_t used = known ? strlen(into) : 0, rest = strlen(last);
  if (!known || used + rest + 2 > PATH_BYTES) return false;
  if (into[used - 1] != '/') into[used++] = '/';
  memcpy(into + used, last, rest + 1);
  return true;
}
