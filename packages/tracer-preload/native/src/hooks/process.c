/* Life and end of processes; roots and sandboxes. */
#include <fcntl.h>
#include <pthread.h>
#include <pty.h>
#include <sched.h>
#include <stdlib.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <unistd.h>

#include "hook.h"

#ifndef PR_SET_SECCOMP
#define PR_SET_SECCOMP 22
#endif

/*
 * A forked child is known by its wiped page; the parent has to know that its descriptors are shared now, and the recorder who was born. A shell with jobs in the
 * background would say that it cannot fork.
 */
#define FORK(name, other)                                       \
  EXPORT pid_t name(void) {                                     \
    about_to_fork();                                            \
    pid_t (*real)(void) = FORWARD(name, other, pid_t(*)(void)); \
    int before = errno_now;                                     \
    pid_t child;                                                \
    do child = real();                                          \
    while (broken_off(child, before));                          \
    forked(child);                                              \
    return child;                                               \
  }
FORK(fork, fork)
FORK(__fork, fork)
FORK(_Fork, fork)

/* A process in our memory that is no thread may live as long as it likes: from here on hooks ask who they are. */
EXPORT int clone(int (*run)(void *), void *stack, int flags, void *argument, ...) {
  va_list rest;
  va_start(rest, argument);
  void *a = va_arg(rest, void *), *b = va_arg(rest, void *), *c = va_arg(rest, void *);
  va_end(rest);
  about_to_fork();
  if (flags & CLONE_FILES) descriptors_shared = true;
  if ((flags & CLONE_VM) && !(flags & CLONE_THREAD)) sharing_memory = 1 << 20;
  if (supervised) namespace_made(flags);
  int before = errno_now, child;
  do child = REAL(clone, int (*)(int (*)(void *), void *, int, void *, ...))(run, stack, flags, argument, a, b, c);
  while (broken_off(child, before));
  if (!(flags & CLONE_THREAD)) note_child(child);
  if (child > 0) namespace_made(flags);
  return child;
}

/* A signal that ends somebody stops, too: the last facts of those that it ends are asked for before. */
EXPORT int kill(pid_t who, int signal) {
  int before = errno_now, result;
  do result = REAL(kill, int (*)(pid_t, int))(who, signal);
  while (broken_off(result, before));
  return result;
}

EXPORT int killpg(pid_t group, int signal) {
  int before = errno_now, result;
  do result = REAL(killpg, int (*)(pid_t, int))(group, signal);
  while (broken_off(result, before));
  return result;
}

/* Both fork inside libc. The parent of a daemon has ended by the time that the child is back here. */
EXPORT int daemon(int keep_directory, int keep_streams) {
  about_to_fork();
  int result = REAL(daemon, int (*)(int, int))(keep_directory, keep_streams);
  live();
  return result;
}

EXPORT pid_t forkpty(int *terminal, char *name, const struct termios *modes, const struct winsize *size) {
  about_to_fork();
  pid_t child = REAL(forkpty, pid_t(*)(int *, char *, const struct termios *, const struct winsize *))(terminal, name, modes, size);
  forked(child);
  return child;
}

/* Before the first of these nobody can be cancelled, and what is a cancellation point need not be libc's (hook.h). */
HOT volatile bool cancelling;

EXPORT int pthread_cancel(pthread_t thread) {
  cancelling = true;
  return REAL(pthread_cancel, int (*)(pthread_t))(thread);
}

EXPORT int chroot(const char *path) {
  struct scratch *scratch = live() ? scratch_take() : NULL;
  size_t length = scratch ? paths_new_root(path, scratch->text) : 0;
  int errno_before = errno_now, result;
  do result = REAL(chroot, int (*)(const char *))(path);
  while (broken_off(result, errno_before));
  if (result == 0 && scratch) {
    int before = errno_now;
    if (!length) scratch->text[0] = 0;
    paths_set_root(scratch->text);
    if ((!length || !paths_usable()) && !hand_over()) fact_gap("outside-namespace", length ? scratch->text : injection.program);
    errno_now = before;
  }
  scratch_give(scratch);
  return result;
}

/* A filter of its own may kill for any call that we add: from here on hooks only forward. */
bool sandbox_begin(void) {
  if (!live() || borrowed()) return false;
  if (hand_over()) return true;
  fact_gap("own-sandbox", injection.program);
  settle_all();
  set_inert(true);
  return true;
}

/* With a listener the result is its descriptor. */
void sandbox_end(bool begun, long result) {
  if (!begun || result >= 0) return;
  set_inert(false);
  supervised_again();
}

EXPORT int prctl(int option, ...) {
  va_list rest;
  va_start(rest, option);
  unsigned long a = va_arg(rest, unsigned long), b = va_arg(rest, unsigned long), c = va_arg(rest, unsigned long), d = va_arg(rest, unsigned long);
  va_end(rest);
  bool begun = option == PR_SET_SECCOMP && sandbox_begin(), strictly = option == PR_SET_SECCOMP && a == SECCOMP_MODE_STRICT && supervised;
  int result = strictly ? (int)raw_result(strict_by_filter()) : REAL(prctl, int (*)(int, ...))(option, a, b, c, d);
  sandbox_end(begun, result);
  return result;
}

/* A profiled program's counts, written inside libc by calls that nobody can hook. */
EXPORT void _mcleanup(void) {
  struct stamp before, now;
  bool there = live() && stamp_path(AT_FDCWD, "gmon.out", 0, &before);
  void (*real)(void) = REAL(_mcleanup, void (*)(void));
  if (real) real();
  if (!live() || !stamp_path(AT_FDCWD, "gmon.out", 0, &now) || (there && same_version(&before, &now))) return;
  struct scratch *scratch = scratch_take();
  uint32_t flags = 0;
  size_t length = scratch ? path_of_name(AT_FDCWD, "gmon.out", scratch->text, &flags) : 0;
  if (length) fact_file_at(ROAR_RECORD_FILE, scratch->text, length, &now, ROAR_ACCESS_WRITTEN | (there ? ROAR_ACCESS_TRUNCATED : ROAR_ACCESS_CREATED), flags);
  scratch_give(scratch);
}
