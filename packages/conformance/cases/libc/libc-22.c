// title: a spawn may start its child in another directory
#include "case.h"
#include <spawn.h>

int main(void) {
  extern char **environ;
  pid_t child;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, "d");
  must(-posix_spawnp(&child, "cat", &actions, NULL, (char *[]){"cat", "x", NULL}, environ));
  reap(child);
  expect_of(child, "R d/x");
  job("in d/x");
}
