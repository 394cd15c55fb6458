/* Starts programs through the hooks of the library, each of which prints its environment. `starts LOG`, with the library's words in its own environment. */
#include <crt_externs.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "shim.h"

#define DECLARE(name) extern void *const hook_of_our_##name;
#define CALL(name, type) ((type)hook_of_our_##name)
DECLARE(fork) DECLARE(vfork) DECLARE(exit) DECLARE(execve) DECLARE(posix_spawn) DECLARE(posix_spawnp)

/* In place of target.c, which asks for Apple's files: what it would find is in the name. */
void target_inspect(const char *path, struct target *target) {
  target->gap = strstr(path, "protected") ? "protected-program" : NULL;
  strlcpy(target->script, strstr(path, "script") ? path : "", sizeof target->script);
}

typedef int spawns(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const *, char *const *);
static char *const own[] = {"OWN=1", NULL};

static void say(const char *what) {
  if (write(1, what, strlen(what)) < 0) _exit(1);
}

static void spawned(void *hook, const char *path) {
  char *const words[] = {(char *)(uintptr_t)path, NULL};
  pid_t child = 0;
  say("\n"), say(path), say("\n");
  if (((spawns *)hook)(&child, path, NULL, NULL, words, own) != 0) say("refused\n");
  else waitpid(child, NULL, 0);
}

static void forked(void *hook, const char *path) {
  char *const words[] = {(char *)(uintptr_t)path, NULL};
  say("\nforked\n");
  pid_t child = ((pid_t(*)(void))hook)();
  if (child == 0) {
    if (*path) CALL(execve, int (*)(const char *, char *const *, char *const *))(path, words, own);
    CALL(exit, void (*)(int))(3);
  }
  waitpid(child, NULL, 0);
}

int main(int count, char **words) {
  if (count < 2 || !environ_claim() || !log_open(words[1])) return 1;
  pid = (uint32_t)getpid();
  spawned(hook_of_our_posix_spawn, "./plain");
  spawned(hook_of_our_posix_spawn, "./protected");
  spawned(hook_of_our_posix_spawn, "./script");
  spawned(hook_of_our_posix_spawn, "./missing");
  setenv("PATH", "/nowhere:.", 1);
  spawned(hook_of_our_posix_spawnp, "plain");
  forked(hook_of_our_fork, "./plain");
  forked(hook_of_our_vfork, "");
  return 0;
}
