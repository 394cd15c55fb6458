// Programs that may more than who starts them.
#ifndef PRIVILEGED_H
#define PRIVILEGED_H
#include <grp.h>
#include <linux/capability.h>
#include <sys/xattr.h>

#define NOBODY 65534

static inline void become_nobody(void) {
  // What it has to say of itself is said by its parent: the file is root's.
  must(setgroups(0, NULL));
  must(setgid(NOBODY));
  must(setuid(NOBODY));
}

static inline void copy_program(const char *from, const char *to) {
  int in = must(open(from, O_RDONLY)), out = must(open(to, O_WRONLY | O_CREAT | O_EXCL, 0755));
  while (must(copy_file_range(in, NULL, out, NULL, 1 << 20, 0)) > 0) {}
  close(in);
  close(out);
}

// As `setcap cap_dac_read_search+ep` does it.
static inline void give_capability(const char *path) {
  struct vfs_cap_data capability = {.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE};
  capability.data[0].permitted = 1u << CAP_DAC_READ_SEARCH;
  if (setxattr(path, "security.capability", &capability, sizeof capability, 0)) skip("the file system keeps no capabilities");
}
#endif
