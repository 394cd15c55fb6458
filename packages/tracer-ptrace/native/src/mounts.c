/* The name outside of a file that a program in mounts of its own has opened: from the mount that its descriptor is of. */
#include <stdio.h>
#include <string.h>

#include "roar_mounts.h"
#include "supervise.h"

/* `mnt_id` of fdinfo is the first number of a line of mountinfo (Linux 3.15). */
static int mount_of(int fd) {
  char path[40], line[64];
  int id = -1;
  snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
  FILE *info = fopen(path, "re");
  while (info && fgets(line, sizeof line, info)) sscanf(line, "mnt_id: %d", &id);
  if (info) fclose(info);
  return id;
}

/* Where the file lies in its file system, whatever is mounted where. */
static bool inner_path(uint32_t pid, int fd, const char *path, struct mount *mount, char *into, size_t size) {
  char name[40];
  int id = mount_of(fd);
  snprintf(name, sizeof name, "/proc/%u/mountinfo", pid);
  FILE *list = fopen(name, "re");
  const char *rest = NULL;
  while (list && !rest && next_mount(list, mount))
    if (mount->id == id) rest = path_below(path, mount->point);
  if (list) fclose(list);
  if (!rest) return false;
  return snprintf(into, size, "%s%s", strcmp(mount->root, "/") == 0 ? "" : mount->root, rest) < (int)size;
}

static bool is_there(const char *path, const void *stamp) {
  struct stamp here;
  return stamp_path(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, &here) && same_file(&here, stamp);
}

bool path_outside(uint32_t pid, int fd, const struct stamp *stamp, char *path) {
  struct mount theirs;
  char inner[PATH_BYTES], outside[PATH_BYTES];
  if (!inner_path(pid, fd, path, &theirs, inner, sizeof inner)) return false;
  if (!mounts_name(theirs.device, inner, is_there, stamp, outside, sizeof outside)) return false;
  strcpy(path, outside);
  return true;
}
