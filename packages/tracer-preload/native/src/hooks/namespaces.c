/*
 * Namespaces that a program makes or enters for itself: a path may be another file there than the recorder finds under that name, so they are
 * announced. Where nothing is mounted in them the paths are still the same; that is not known beforehand.
 */
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "hook.h"

/* Once for a process and those that it forks. */
static bool announced;

static void announce(void) {
  if (announced || !live()) return;
  announced = true;
  if (!hand_over()) fact_gap("outside-namespace", injection.program);
}

/* The supervisor knows other mounts' names, and another root's. */
bool hand_over(void) {
  if (!supervised) return false;
  image_objects();
  settle_all();
  set_inert(true);
  supervised_end();
  return true;
}

/* In a child made by clone() alone the flag of the child counts; the job has one coverage, so the parent may say it. */
void namespace_made(int flags) {
  if (flags & CLONE_NEWNS) announce();
}

EXPORT int unshare(int flags) {
  int before = errno_now, result;
  if (flags & CLONE_FILES) descriptors_shared = true;
  do result = REAL(unshare, int (*)(int))(flags);
  while (broken_off(result, before));
  if (result != 0) return result;
  errno_now = before;
  namespace_made(flags);
  return result;
}

static bool mount_namespace(const char *process, uint32_t pid, struct stamp *stamp) {
  char link[48], *end = append_text(link, link + sizeof link, "/proc/");
  end = *process ? append_text(end, link + sizeof link, process) : append_number(end, link + sizeof link, pid);
  append_text(end, link + sizeof link, "/ns/mnt");
  return stamp_path(AT_FDCWD, link, 0, stamp);
}

/* The descriptor may be of any kind of namespace, or of a process (Linux 5.8): whether files have changed is asked afterwards. */
EXPORT int setns(int fd, int kind) {
  struct stamp before, after;
  bool known = live() && mount_namespace("self", 0, &before);
  int error = errno_now, result;
  do result = REAL(setns, int (*)(int, int))(fd, kind);
  while (broken_off(result, error));
  error = errno_now;
  if (result == 0 && live() && !(known && mount_namespace("self", 0, &after) && before.ino == after.ino)) announce();
  errno_now = error;
  return result;
}

/*
 * Who is made by a raw clone, as bubblewrap's child is, shows up here: it mounts where its parent does not live. A parent whose namespace may not be
 * looked at is in another user namespace.
 */
EXPORT int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data) {
  struct stamp own, parents;
  int result = REAL(mount, int (*)(const char *, const char *, const char *, unsigned long, const void *))(source, target, type, flags, data);
  if (result != 0 || announced || !live()) return result;
  int error = errno_now;
  bool same = mount_namespace("self", 0, &own) && mount_namespace("", (uint32_t)SYS(SYS_getppid, 0), &parents) && own.ino == parents.ino;
  if (!same) announce();
  errno_now = error;
  return result;
}

/* Linux 5.2; in glibc since 2.36. A mount that is attached nowhere: the kernel names what lies in it from there. */
#define CLONE_TREE 1
#define NUMBER_OF_TREE 428
#define NUMBER_OF_MOUNT 432

static int loose(int fd) {
  int before = errno_now;
  if (fd >= 0) announce();
  errno_now = before;
  return fd;
}

EXPORT int open_tree(int dirfd, const char *path, unsigned flags) {
  int fd = (int)raw_result(SYS(NUMBER_OF_TREE, dirfd, path, flags));
  return flags & CLONE_TREE ? loose(fd) : fd;
}

EXPORT int fsmount(int made, unsigned flags, unsigned attributes) {
  return loose((int)raw_result(SYS(NUMBER_OF_MOUNT, made, flags, attributes)));
}
