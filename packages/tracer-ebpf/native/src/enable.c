/* `roard --enable`: gives its file the two capabilities that loading the programs takes. No set-uid: whoever starts it gets nothing else (capabilities(7)). */
#include "enable.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

static const char attribute[] = "security.capability";

static int own_path(char *into, size_t size) {
  ssize_t length = readlink("/proc/self/exe", into, size - 1);
  into[length > 0 ? length : 0] = 0;
  return length > 0 ? 0 : -1;
}

static int done(int result, const char *path) {
  if (result == 0) return 0;
  fprintf(stderr, "%s: %s\n", path, strerror(errno));
  return 1;
}

/* Both are apart from CAP_SYS_ADMIN since Linux 5.8; `effective`: the program need not raise them itself. */
int enable(void) {
  char path[PATH_MAX];
  struct vfs_cap_data rights = {.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE};
  rights.data[CAP_BPF / 32].permitted |= 1u << (CAP_BPF % 32);
  rights.data[CAP_PERFMON / 32].permitted |= 1u << (CAP_PERFMON % 32);
  if (own_path(path, sizeof path) < 0) return done(-1, "/proc/self/exe");
  return done(setxattr(path, attribute, &rights, sizeof rights, 0), path);
}

int disable(void) {
  char path[PATH_MAX];
  if (own_path(path, sizeof path) < 0) return done(-1, "/proc/self/exe");
  int result = removexattr(path, attribute);
  return done(result < 0 && errno == ENODATA ? 0 : result, path);
}
