/* Names in a root of the program's own: links begin there, and would lead us to other files of the same names outside. */
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "supervise.h"

enum { MOST_LINKS = 40 }; /* as the kernel has it (MAXSYMLINKS) */
struct rooted {
  int top;
  char root[PATH_MAX], inner[2 * PATH_MAX];
};

static bool link_to(uint32_t tid, const char *which, char *into) {
  char link[60];
  snprintf(link, sizeof link, "/proc/%u/%s", tid, which);
  ssize_t length = readlink(link, into, PATH_MAX - 1);
  if (length <= 0) return false;
  into[length] = 0;
  return true;
}

/* What lies outside the root, as a working directory from before may, has no name in it. */
static bool name_inside(const char *root, const char *path, const char **inner) {
  size_t length = strlen(root);
  *inner = path + length;
  return strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static bool begin(const struct call *call, int dirfd, const char *name, struct rooted *one) {
  char which[20], base[PATH_MAX];
  const char *inner;
  struct stamp top, root;
  /* Of other mounts than ours, too, the link may say "/". */
  if (!link_to(call->thread->tid, "root", one->root) || strcmp(one->root, "/") == 0) return false;
  snprintf(which, sizeof which, dirfd == AT_FDCWD ? "cwd" : "fd/%d", dirfd);
  if (*name == '/') snprintf(one->inner, sizeof one->inner, "%s", name);
  else if (!link_to(call->thread->tid, which, base) || !name_inside(one->root, base, &inner)) return false;
  else snprintf(one->inner, sizeof one->inner, "%s/%s", inner, name);
  snprintf(base, sizeof base, "/proc/%u/root", call->thread->tid);
  if (!stamp_path(AT_FDCWD, one->root, 0, &root) || !stamp_path(AT_FDCWD, base, 0, &top) || !same_file(&root, &top)) return false;
  one->top = open(one->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
  return one->top >= 0;
}

/* Linux 5.6. */
static bool found_in(const struct rooted *one, const char *inner, char *into) {
  const struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT};
  int fd = (int)syscall(SYS_openat2, one->top, *inner ? inner : "/", &how, sizeof how);
  size_t length = fd < 0 ? 0 : path_of_fd(fd, into, PATH_MAX);
  if (fd >= 0) close(fd);
  return length > 0;
}

/* The directory as the kernel names it, and the last name as given. */
static bool in_directory(struct rooted *one, char *into, size_t size) {
  char directory[PATH_MAX];
  size_t length = strlen(one->inner);
  while (length > 1 && one->inner[length - 1] == '/') one->inner[--length] = 0;
  char *slash = strrchr(one->inner, '/');
  if (!slash) return false;
  *slash = 0;
  bool found = found_in(one, one->inner, directory);
  *slash = '/';
  return found && (size_t)snprintf(into, size, "%s%s", strcmp(directory, "/") == 0 ? "" : directory, slash) < size;
}

/* A link that leads to nothing yet is what a new file is made by. */
static bool led_on(struct rooted *one, const char *place) {
  char target[PATH_MAX], directory[PATH_MAX];
  const char *inner;
  ssize_t length = readlink(place, target, sizeof target - 1);
  if (length <= 0) return false;
  target[length] = 0;
  snprintf(directory, sizeof directory, "%.*s", (int)(strrchr(place, '/') - place), place);
  if (*target == '/') snprintf(one->inner, sizeof one->inner, "%s", target);
  else if (name_inside(one->root, directory, &inner)) snprintf(one->inner, sizeof one->inner, "%s/%s", inner, target);
  else return false;
  return true;
}

bool rooted_place(const struct call *call, int dirfd, const char *name, bool follow, char *into, size_t size) {
  struct rooted one;
  char real[PATH_MAX];
  if (!begin(call, dirfd, name, &one)) return false;
  bool known = follow && found_in(&one, one.inner, real) && (size_t)snprintf(into, size, "%s", real) < size;
  for (int links = 0; !known && links < MOST_LINKS; links++) {
    if (!in_directory(&one, into, size)) break;
    known = !follow || !led_on(&one, into);
  }
  close(one.top);
  return known;
}
