/* Reads mountinfo, and tries what lies inside a file system by every name that it has here. */
#include <string.h>
#include <sys/sysmacros.h>

#include "roar_mounts.h"

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

/* Its number, that of the one it lies on, the device, the directory of that which is mounted, and where (proc_pid_mountinfo(5)). */
bool next_mount(FILE *mountinfo, struct mount *mount) {
  char line[9000];
  unsigned major, minor;
  while (fgets(line, sizeof line, mountinfo)) {
    if (sscanf(line, "%d %*d %u:%u %4095s %4095s", &mount->id, &major, &minor, mount->root, mount->point) != 5) continue;
    mount->device = makedev(major, minor);
    unescape(mount->root);
    unescape(mount->point);
    return true;
  }
  return false;
}

const char *path_below(const char *path, const char *directory) {
  size_t length = strcmp(directory, "/") == 0 ? 0 : strlen(directory);
  if (strncmp(path, directory, length) != 0 || (path[length] != '/' && path[length])) return NULL;
  return path + length;
}

bool mounts_name(dev_t device, const char *inner, there *is_there, const void *file, char *into, size_t room) {
  struct mount mount;
  FILE *list = fopen("/proc/self/mountinfo", "re");
  bool found = false;
  while (list && !found && next_mount(list, &mount)) {
    const char *rest = mount.device == device ? path_below(inner, mount.root) : NULL;
    if (!rest) continue;
    int length = snprintf(into, room, "%s%s", strcmp(mount.point, "/") == 0 ? "" : mount.point, rest);
    if (length == 0) length = snprintf(into, room, "/");
    found = length < (int)room && is_there(into, file);
  }
  if (list) fclose(list);
  return found;
}
