/* The kernel told where a file lies inside its file system: the name that it has outside. */
#include <string.h>

#include "follow.h"
#include "roar_mounts.h"

static bool is_there(const char *path, const void *file) {
  const struct stamp *stamp = file;
  struct stamp here;
  return stamp_path(path, false, &here) && (!stamp || same_file(&here, stamp));
}

/* `stamp`: of the file, where it is known; then only a name at which it stands will do. */
bool path_outside(uint32_t device, const char *inner, const struct stamp *stamp, char *into) {
  char outside[PATH_BYTES];
  if (!mounts_name(user_device(device), inner, is_there, stamp, outside, sizeof outside)) return false;
  strcpy(into, outside);
  return true;
}
