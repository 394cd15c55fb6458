// title: a program is started with its descriptors closed, copied and opened by the spawn itself, in a session of its own
// files: o=
#include "case.h"
#include <spawn.h>

extern char **environ;

int main(void) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  must_be(posix_spawn_file_actions_init(&actions) == 0 && posix_spawnattr_init(&attributes) == 0);
  int in = must(open("a", O_RDONLY));
  must_be(posix_spawn_file_actions_adddup2(&actions, in, 0) == 0);
  must_be(posix_spawn_file_actions_addopen(&actions, 1, "o", O_WRONLY | O_APPEND, 0) == 0);
  must_be(posix_spawn_file_actions_addopen(&actions, 9, "n", O_WRONLY | O_CREAT | O_TRUNC, 0644) == 0);
#ifdef __GLIBC__
  must_be(posix_spawn_file_actions_addclosefrom_np(&actions, 3) == 0);
#else
  must_be(posix_spawn_file_actions_addclose(&actions, 9) == 0);
#endif
  must_be(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK) == 0);
  char *words[] = {"cat", NULL};
  pid_t child;
  must_be(posix_spawnp(&child, "cat", &actions, &attributes, words, environ) == 0);
  reap(child);
  expect_of(child, "R a");
  expect_any("C n");
  expect_of(child, "W o");
  job("in a");
  job("out n");
  job("[out o]");
  job("[append o]");
}
