// title: restrictions on how a path is resolved let through what they should, and leave the rest alone
#include "case.h"
#include <linux/openat2.h>

static long open2(int at, const char *path, uint64_t flags, uint64_t resolve) {
  struct open_how how = {.flags = flags, .mode = flags & O_CREAT ? 0644 : 0, .resolve = resolve};
  return syscall(SYS_openat2, at, path, &how, sizeof how);
}

int main(void) {
  int d = open2(AT_FDCWD, "d", O_PATH | O_DIRECTORY, 0);
  if (d < 0) skip("this kernel has no openat2");
  symlink("a", "s");
  must_be(open2(AT_FDCWD, "s", O_RDONLY, RESOLVE_NO_SYMLINKS) < 0);
  must_be(open2(d, "../a", O_RDONLY, RESOLVE_BENEATH) < 0);
  // The directory is the root: `..` stays there, and so does an absolute path.
  int fd = must(open2(d, "../x", O_RDONLY, RESOLVE_IN_ROOT));
  must_be(read(fd, text, 1) == 1);
  fd = must(open2(d, "/../n", O_WRONLY | O_CREAT, RESOLVE_IN_ROOT));
  must_be(write(fd, "new", 3) == 3);
  fd = must(open2(d, "/n", O_WRONLY | O_TRUNC, RESOLVE_IN_ROOT));
  must_be(write(fd, "new", 3) == 3);
  // There is none of this name outside: it is not made, and nothing of it is kept.
  fd = must(open2(d, "/x", O_WRONLY | O_CREAT | O_TRUNC, RESOLVE_IN_ROOT));
  expect("S s");
  expect("R d/x");
  expect("C d/n");
  expect("W d/n");
  job("in d/x");
  expect("W d/x");
  job("out d/n");
  job("out d/x");
}
