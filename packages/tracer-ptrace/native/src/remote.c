/* What the kernel tells of another process: its memory, its descriptors, the files behind its names. */
#include <elf.h>
#include <errno.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "supervise.h"

extern int listener_fd;

/* What was read of its memory counts only while it waits: its number may be another process's by now. */
bool call_valid(const struct call *call) { return listener_fd < 0 || ioctl(listener_fd, SECCOMP_IOCTL_NOTIF_ID_VALID, &call->notification) == 0; }

uint32_t caller;
bool caller_waits;

/* Refused for a process that the kernel calls undumpable and another user's; root reads it all the same. */
bool remote_read(uint32_t pid, uint64_t address, void *into, size_t size) {
  struct iovec here = {into, size}, there = {(void *)(uintptr_t)address, size};
  return process_vm_readv((pid_t)pid, &here, 1, &there, 1, 0) == (ssize_t)size;
}

size_t remote_part(uint32_t pid, uint64_t address, void *into, size_t size) {
  size_t step = 4096 - (address & 4095);
  struct iovec here = {into, size}, there[2] = {{(void *)(uintptr_t)address, step < size ? step : size}, {(void *)(uintptr_t)(address + step), step < size ? size - step : 0}};
  ssize_t got = process_vm_readv((pid_t)pid, &here, 1, there, 2, 0);
  return got > 0 ? (size_t)got : 0;
}

/* A text may end right before memory that is not there: page by page. */
bool remote_text(uint32_t pid, uint64_t address, char *into, size_t size) {
  size_t used = 0;
  while (used < size) {
    size_t step = 4096 - ((address + used) & 4095);
    if (step > size - used) step = size - used;
    struct iovec here = {into + used, step}, there = {(void *)(uintptr_t)(address + used), step};
    ssize_t got = process_vm_readv((pid_t)pid, &here, 1, &there, 1, 0);
    if (got <= 0) return false;
    if (memchr(into + used, 0, (size_t)got)) return true;
    used += (size_t)got;
  }
  return false;
}

/* A copy of its descriptor (Linux 5.6): lives for some microseconds only, since a file held open by us would be busy for others. */
int remote_fd(const struct process *process, int fd) {
  int pidfd = process->apart ? process->apart->pidfd : process->pidfd;
  return pidfd < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
}

/*
 * A link of /proc/self/fd that is held open leads to whatever its number stands for at the moment (proc_fd_link(), Linux fs/proc/fd.c): reading it so saves the walk
 * to it, a quarter of the call. Copies have few numbers, and the same ones all the time.
 */
static ssize_t read_link(int fd, char *into, size_t size) {
  enum { HELD = 256 };
  static int own = -1, held[HELD];
  if (own < 0) own = open("/proc/self/fd", O_PATH | O_DIRECTORY | O_CLOEXEC);
  char name[12];
  if (fd < HELD && held[fd] > 0) return readlinkat(held[fd], "", into, size);
  snprintf(name, sizeof name, "%d", fd);
  if (fd < HELD) held[fd] = openat(own, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  return readlinkat(own, name, into, size);
}

size_t path_of_fd(int fd, char *into, size_t size) {
  ssize_t got = read_link(fd, into, size - 1);
  /* The kernel names files in one page. */
  if (got < 0 && errno == ENAMETOOLONG) log_gap(caller, 1, "path-too-long", text_of(""));
  if (got <= 0) return 0;
  into[got] = 0;
  return (size_t)got;
}

/* linux/magic.h: what the kernel says of itself is no content that could be missed. */
static bool is_kernels_own(int fd) {
  struct statfs on;
  if (fstatfs(fd, &on) < 0) return false;
  return on.f_type == 0x9fa0 /* proc */ || on.f_type == 0x62656572 /* sysfs */ || on.f_type == 0x63677270 /* cgroup2 */;
}

/* In other mounts the same name may be another file. */
size_t path_of_file(struct process *process, int copy, const struct stamp *stamp, char *into) {
  struct stamp here;
  size_t length = path_of_fd(copy, into, PATH_BYTES);
  if (!length || !process->foreign_mounts || !stamp->links) return length;
  if (stamp_path(AT_FDCWD, into, AT_SYMLINK_NOFOLLOW, &here) && same_file(&here, stamp)) return length;
  if (path_outside(process->pid, copy, stamp, into)) return strlen(into);
  /* What only exists inside (a tmpfs of its own) is nobody else's file. */
  if (!is_kernels_own(copy)) log_gap(process->pid, 1, "outside-namespace", text_of(into));
  return length;
}

/* A new image has another auxiliary vector: its stack lies elsewhere. */
struct image remote_image(uint32_t pid) {
  struct image image = {0};
  char path[40];
  uint64_t words[64], mix = 0x9e3779b97f4a7c15ull;
  snprintf(path, sizeof path, "/proc/%u/auxv", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return image;
  ssize_t got = read(fd, words, sizeof words);
  close(fd);
  for (ssize_t i = 0; i < got / 8; i++) mix = (mix ^ words[i]) * 0xbf58476d1ce4e5b9ull + (mix >> 29);
  for (ssize_t i = 0; i + 1 < got / 8; i += 2) {
    if (words[i] == AT_BASE) image.loader = words[i + 1];
    if (words[i] == AT_SECURE) image.secure = words[i + 1] != 0;
  }
  image.mark = got > 0 ? mix : 0;
  return image;
}

static bool starts_with(const char *text, const char *front) { return strncmp(text, front, strlen(front)) == 0; }

/* `self` would be this process. */
static const char *others_self(const struct call *call, const char *name, char *into, size_t size) {
  static const struct { const char *front, *format; } kinds[] = {
    {"/proc/self/", "/proc/%u/%s"}, {"/dev/fd/", "/proc/%u/fd/%s"}, {"/proc/thread-self/", "/proc/%u/%s"},
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (!starts_with(name, kinds[i].front)) continue;
    snprintf(into, size, kinds[i].format, call->process->pid, name + strlen(kinds[i].front));
    return into;
  }
  static const char *const standard[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
  for (int i = 0; i < 3; i++) {
    if (strcmp(name, standard[i]) != 0) continue;
    snprintf(into, size, "/proc/%u/fd/%d", call->process->pid, i);
    return into;
  }
  return name;
}

/* The kernel's magic links lead where the program would get: its working directory even when that is removed, its root after chroot(2). */
static bool place_of(const struct call *call, int dirfd, const char *name, bool follow, char *into, size_t size) {
  char other[4096];
  int used;
  const char *own = *name == '/' ? others_self(call, name, other, sizeof other) : name;
  if (own == name && call->process->foreign_root && rooted_place(call, dirfd, name, follow, into, size)) return true;
  if (*name == '/') {
    if (own != name || !call->process->foreign_root) used = snprintf(into, size, "%s", own);
    else used = snprintf(into, size, "/proc/%u/root%s", call->thread->tid, name);
  } else if (dirfd == AT_FDCWD) {
    used = snprintf(into, size, "/proc/%u/cwd/%s", call->thread->tid, name);
  } else {
    used = snprintf(into, size, "/proc/%u/fd/%d/%s", call->thread->tid, dirfd, name);
  }
  return used > 0 && (size_t)used < size;
}

bool remote_place(const struct call *call, int dirfd, const char *name, char *into, size_t size) {
  return place_of(call, dirfd, name, true, into, size);
}

/* Cuts trailing slashes and the last name off; the rest is its directory. */
static const char *cut_last(char *place) {
  size_t length = strlen(place);
  while (length > 1 && place[length - 1] == '/') place[--length] = 0;
  char *slash = strrchr(place, '/');
  if (!slash) return NULL;
  *slash = 0;
  return slash + 1;
}

/* No link of the last name is followed: rename, unlink and link do not either. */
bool remote_name(const struct call *call, int dirfd, uint64_t address, char *into, size_t size, struct stamp *stamp) {
  char name[4096], place[4096 + 64];
  memset(stamp, 0, sizeof *stamp);
  if (!remote_text(call->thread->tid, address, name, sizeof name) || !*name || !call_valid(call)) return false;
  if (!place_of(call, dirfd, name, false, place, sizeof place)) return false;
  const char *last = cut_last(place);
  if (!last || strcmp(last, "..") == 0 || strcmp(last, ".") == 0) return false;
  int parent = open(*place ? place : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0) return false;
  size_t length = path_of_fd(parent, into, size - 257);
  stamp_path(parent, last, AT_SYMLINK_NOFOLLOW, stamp);
  close(parent);
  if (!length || strlen(last) > 255) return false;
  if (into[length - 1] != '/') into[length++] = '/';
  strcpy(into + length, last);
  return true;
}
