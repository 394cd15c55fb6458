/* Canonical paths, from the kernel's own links. */
#include <errno.h>
#include <fcntl.h>

#include "roar.h"

/* Where this process's root lies in the recorder's view; empty until a chroot. */
static char root_prefix[PATH_BYTES];
HOT static bool rooted;
HOT static bool root_unknown; /* a chroot where nothing could be named any more */

static const char deleted[] = " (deleted)";

/* The kernel names nothing in more than a page (d_path: ENAMETOOLONG), though a program that walks down step by step gets there. */
static size_t unnameable(long error) {
  if (error == -ENAMETOOLONG || error == -ERANGE) fact_gap("path-too-long", injection.program);
  return 0;
}

static size_t link_of_fd(int fd, char *into) {
  /* "self" is the first thread, whose table another thread may have left behind (thread-self: Linux 3.17). */
  const char *table = unlikely(descriptors_shared) ? "/proc/thread-self/fd/" : "/proc/self/fd/";
  char link[40];
  append_number(append_text(link, link + sizeof link, table), link + sizeof link, (unsigned)fd);
  long length = SYS(SYS_readlinkat, AT_FDCWD, link, into, PATH_BYTES - 1);
  if (length <= 0 || into[0] != '/') return unnameable(length);
  if (unlikely(root_unknown)) return 0;
  into[length] = 0;
  return (size_t)length;
}

static size_t with_prefix(char *path, size_t length) {
  size_t prefix = rooted ? text_length(root_prefix) : 0;
  /* The root itself. */
  if (prefix && length == 1) path[length = 0] = 0;
  if (!prefix || prefix + length >= PATH_BYTES) return length;
  for (size_t i = length + 1; i--;) path[i + prefix] = path[i];
  copy_bytes(path, root_prefix, prefix);
  return prefix + length;
}

/* The kernel marks a name that is gone; a file of that very name may exist. */
static size_t without_mark(int fd, char *path, size_t length, uint32_t *flags) {
  size_t mark = sizeof deleted - 1;
  struct stamp stamp, named;
  if (length <= mark || !same_text(path + length - mark, deleted)) return length;
  if (stamp_path(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, &named) && stamp_fd(fd, &stamp) && same_file(&named, &stamp)) return length;
  *flags |= ROAR_FLAG_GONE;
  path[length - mark] = 0;
  return length - mark;
}

size_t path_of_fd(int fd, char *into, uint32_t *flags) {
  size_t length = link_of_fd(fd, into);
  if (!length) return 0;
  length = without_mark(fd, into, length, flags);
  return with_prefix(into, length);
}

static size_t current_directory(char *into) {
  long length = SYS(SYS_getcwd, into, PATH_BYTES - 1);
  if (unlikely(root_unknown)) return 0;
  return length > 1 && into[0] == '/' ? (size_t)length - 1 : unnameable(length);
}

static size_t opened_directory(int dirfd, const char *name, size_t length, char *into, uint32_t *flags) {
  if (length + 1 >= PATH_BYTES) return 0;
  copy_bytes(into, name, length);
  into[length] = 0;
  long fd = SYS(SYS_openat, dirfd, length ? into : "/", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd >= 0) {
    size_t found = path_of_fd((int)fd, into, flags);
    SYS(SYS_close, fd);
    return found;
  }
  /* No descriptor to be had: the path as given, if it is absolute. */
  *flags |= ROAR_FLAG_LEXICAL;
  return name[0] == '/' && !root_unknown ? with_prefix(into, length) : 0;
}

static size_t parent_directory(int dirfd, const char *name, size_t parent, char *into, uint32_t *flags) {
  if (parent > 0 || name[0] == '/') return opened_directory(dirfd, name, parent, into, flags);
  if (dirfd != AT_FDCWD) return path_of_fd(dirfd, into, flags);
  size_t length = current_directory(into);
  return length ? with_prefix(into, length) : 0;
}

/* The last name is not followed when it is a link: for rename, unlink, link, symlink, mkdir. */
size_t path_of_name(int dirfd, const char *name, char *into, uint32_t *flags) {
  size_t end = text_length(name);
  while (end > 1 && name[end - 1] == '/') end--;
  size_t start = end;
  while (start > 0 && name[start - 1] != '/') start--;
  size_t parent = start;
  while (parent > 1 && name[parent - 1] == '/') parent--;
  if (start == 0) parent = 0;
  size_t length = parent_directory(dirfd, name, parent, into, flags);
  if (!length) return 0;
  if (length + 1 + (end - start) >= PATH_BYTES) return unnameable(-ENAMETOOLONG);
  if (length > 1 || into[0] != '/') into[length++] = '/';
  copy_bytes(into + length, name + start, end - start);
  length += end - start;
  into[length] = 0;
  return length;
}

/* Before the change, while the new root can still be named. */
size_t paths_new_root(const char *where, char *into) {
  uint32_t flags = 0;
  long fd = SYS(SYS_openat, AT_FDCWD, where, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd < 0) return 0;
  size_t length = path_of_fd((int)fd, into, &flags);
  SYS(SYS_close, fd);
  return length;
}

void paths_set_root(const char *root) {
  root_prefix[0] = 0;
  root_unknown = !root[0];
  rooted = root[0] && root[1];
  if (rooted) append_text(root_prefix, root_prefix + sizeof root_prefix, root);
}

bool paths_rooted(void) { return rooted; }

/* Without /proc no descriptor tells its path. */
bool paths_usable(void) { return SYS(SYS_faccessat, AT_FDCWD, "/proc/self/fd", 0) == 0; }

bool links_to_unnamed(const struct stamp *stamp) { return stamp->links == 0; }
