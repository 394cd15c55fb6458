/*
 * A program in mounts of its own (a container, bubblewrap) reaches files by names that mean others outside. The path inside the file system leads to the
 * name by which everybody else knows the file (proc_pid_mountinfo(5)).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "follow.h"

struct mount { unsigned major, minor; char root[4096], point[4096]; };

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
    if (sscanf(line, "%*d %*d %u:%u %4095s %4095s", &mount->major, &mount->minor, mount->root, mount->point) != 4) continue;
    unescape(mount->root);
    unescape(mount->point);
    return true;
  }
  return false;
}

/* The rest of a path below a directory; NULL: not below it. */
static const char *below(const char *path, const char *directory) {
  size_t length = strcmp(directory, "/") == 0 ? 0 : strlen(directory);
  if (strncmp(path, directory, length) != 0 || (path[length] != '/' && path[length])) return NULL;
  return path + length;
}

/* `stamp`: of the file, where it is known; then only a name at which it stands will do. */
bool path_outside(uint32_t device, const char *inner, const struct stamp *stamp, char *into) {
  struct mount mount;
  struct stamp here;
  char outside[2 * PATH_BYTES];
  FILE *list = fopen("/proc/self/mountinfo", "re");
  bool found = false;
  while (list && !found && next_mount(list, &mount)) {
    const char *rest = makedev(mount.major, mount.minor) == user_device(device) ? below(inner, mount.root) : NULL;
    if (!rest || snprintf(outside, sizeof outside, "%s%s", strcmp(mount.point, "/") == 0 ? "" : mount.point, rest) >= PATH_BYTES) continue;
    found = stamp_path(*outside ? outside : "/", false, &here) && (!stamp || same_file(&here, stamp));
  }
  if (list) fclose(list);
  if (found) strcpy(into, *outside ? outside : "/");
  return found;
}
