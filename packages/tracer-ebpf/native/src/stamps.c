/* What the kernel says about a file by its name. */
#include <string.h>

#include "follow.h"

bool stamp_path(const char *path, bool follow, struct stamp *stamp) {
  struct stat found;
  memset(stamp, 0, sizeof *stamp);
  if ((follow ? stat(path, &found) : lstat(path, &found)) < 0) return false;
  stamp_from(stamp, &found);
  return true;
}
