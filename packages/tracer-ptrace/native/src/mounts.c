/*
 * A program in mounts of its own (a container, bubblewrap) reaches files by names that mean others outside. The file system's own path, from the mount that it
 * used, leads to the name by which everybody else knows the file (proc_pid_mountinfo(5)).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

struct mount {
  int id;
  char device[24], root[4096], point[4096];
};

/* Blanks and backslashes are written as octal numbers. */
static void unescape(char *text) {
  char *to = text;
  for (const char *from = text; *from; from++) {
    if (*from == '\\' && from[1] && from[2] && from[3]) {
      *to++ = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
      from += 3;
    } else {
      *to++ = *from;
    }
  }
  *to = 0;
}

static bool next_mount(FILE *list, struct mount *mount) {
  char line[9000];
  while (fgets(line, sizeof line, list)) {
    if (sscanf(line, "%d %*d %23s %4095s %4095s", &mount->id, mount->device, mount->root, mount->point) != 4) continue;
    unescape(mount->root);
    unescape(mount->point);
    return true;
  }
  return false;
}

static int mount_of(int fd) {
  char path[40], line[64];
  int id = -1;
  snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
  FILE *info = fopen(path, "re");
  while (info && fgets(line, sizeof line, info)) sscanf(line, "mnt_id: %d", &id);
  if (info) fclose(info);
  return id;
}

/* The rest of a path below a directory; NULL: not below it. */
static const char *below(const char *path, const char *directory) {
  size_t length = strcmp(directory, "/") == 0 ? 0 : strlen(directory);
  if (strncmp(path, directory, length) != 0 || (path[length] != '/' && path[length])) return NULL;
  return path + length;
}

/* Where the file lies in its file system, whatever is mounted where. */
static bool inner_path(uint32_t pid, int fd, const char *path, struct mount *mount, char *into, size_t size) {
  char name[40];
  int id = mount_of(fd);
  snprintf(name, sizeof name, "/proc/%u/mountinfo", pid);
  FILE *list = fopen(name, "re");
  const char *rest = NULL;
  while (list && !rest && next_mount(list, mount))
    if (mount->id == id) rest = below(path, mount->point);
  if (list) fclose(list);
  if (!rest) return false;
  return snprintf(into, size, "%s%s", strcmp(mount->root, "/") == 0 ? "" : mount->root, rest) < (int)size;
}

bool path_outside(uint32_t pid, int fd, const struct stamp *stamp, char *path) {
  struct mount theirs, ours;
  struct stamp here;
  char inner[PATH_BYTES], outside[2 * PATH_BYTES];
  if (!inner_path(pid, fd, path, &theirs, inner, sizeof inner)) return false;
  FILE *list = fopen("/proc/self/mountinfo", "re");
  bool found = false;
  while (list && !found && next_mount(list, &ours)) {
    const char *rest = strcmp(ours.device, theirs.device) == 0 ? below(inner, ours.root) : NULL;
    if (!rest || snprintf(outside, sizeof outside, "%s%s", strcmp(ours.point, "/") == 0 ? "" : ours.point, rest) >= PATH_BYTES) continue;
    found = stamp_path(AT_FDCWD, outside, AT_SYMLINK_NOFOLLOW, &here) && same_file(&here, stamp);
  }
  if (list) fclose(list);
  if (found) strcpy(path, outside);
  return found;
}
