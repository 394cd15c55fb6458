/* Processes: begun, given another program, ended. */
#include <alloca.h>
#include <crt_externs.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interpose.h"

static pid_t our_fork(void) {
  pid_t child = fork();
  if (child == 0) process_forked();
  else if (child > 0 && live()) log_fork((uint32_t)child, own_pid(), ROAR_FLAG_FOR_CHILD);
  return child;
}
INTERPOSE(our_fork, fork);

/* A vfork child returns on its parent's stack, which a function around it cannot survive; a forked one does all that such a child may do (vfork(2)). */
static pid_t our_vfork(void) { return our_fork(); }
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
INTERPOSE(our_vfork, vfork);
#pragma clang diagnostic pop

static void our_exit(int status) {
  process_ends(status);
  _exit(status);
}
INTERPOSE(our_exit, _exit);

/* What will be started, and whether the library will be there: told before it runs. */
static bool is_entered(const char *path, char *const *argv, struct target *target) {
  int before = errno;
  target_inspect(path, target);
  if (target->gap) {
    fact_unseen(target->gap, path, argv);
    fact_gap(target->gap, path);
  }
  errno = before;
  return !target->gap;
}

/* The words live on the caller's stack. */
#define WITH_OURS(envp, script)                                                      \
  size_t size = environ_bytes(envp, script);                                         \
  char **with = alloca((environ_count(envp) + 4) * sizeof(char *)), *words = alloca(size); \
  environ_inject(envp, with, words, size, script)

/* All of libc's ways to become another program end here. */
static int our_execve(const char *path, char *const *argv, char *const *envp) {
  struct target target;
  if (!live() || !path || !is_entered(path, argv, &target)) return execve(path, argv, envp);
  image_objects();
  WITH_OURS(envp, target.script);
  int result = execve(path, argv, with);
  /* The kernel counts our words too: a program at the very limit of its arguments is started without them. */
  return errno == E2BIG ? execve(path, argv, envp) : result;
}
INTERPOSE(our_execve, execve);

static void note_child(pid_t child) { log_fork((uint32_t)child, own_pid(), ROAR_FLAG_FOR_CHILD); }

static int our_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const *argv, char *const *envp) {
  struct target target;
  pid_t child = 0;
  if (!live() || !path) return posix_spawn(pid, path, actions, attributes, argv, envp);
  if (!envp) envp = *_NSGetEnviron();
  bool entered = is_entered(path, argv, &target);
  WITH_OURS(envp, target.script);
  int result = posix_spawn(&child, path, actions, attributes, argv, entered ? with : envp);
  if (result == E2BIG && entered) result = posix_spawn(&child, path, actions, attributes, argv, envp);
  if (result == 0) note_child(child);
  if (result == 0 && pid) *pid = child;
  return result;
}
INTERPOSE(our_posix_spawn, posix_spawn);

/* As posix_spawnp(3) looks for it. */
static bool find(const char *name, char into[PATH_BYTES]) {
  const char *at = getenv("PATH");
  if (strchr(name, '/')) return strlcpy(into, name, PATH_BYTES) < PATH_BYTES;
  for (size_t length; at && *at; at += length + (at[length] == ':')) {
    length = strcspn(at, ":");
    if (length + strlen(name) + 2 > PATH_BYTES) continue;
    memcpy(into, at, length);
    strlcpy(into + length, "/", PATH_BYTES - length);
    strlcat(into, name, PATH_BYTES);
    if (access(into, X_OK) == 0) return true;
  }
  return false;
}

/* Where it is not found, or no program, libc says so, or has a shell run it. */
static int our_posix_spawnp(pid_t *pid, const char *name, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const *argv, char *const *envp) {
  char path[PATH_BYTES];
  bool found = live() && name && find(name, path);
  int result = found ? our_posix_spawn(pid, path, actions, attributes, argv, envp) : ENOENT;
  return result == ENOENT || result == ENOEXEC ? posix_spawnp(pid, name, actions, attributes, argv, envp) : result;
}
INTERPOSE(our_posix_spawnp, posix_spawnp);
