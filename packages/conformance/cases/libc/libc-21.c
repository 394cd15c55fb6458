// title: files that a spawn opens for its child are the child's
// owed: E=Y P=H T=Y
#include "case.h"
#include <spawn.h>

int main(void) {
  extern char **environ;
  pid_t child;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "n", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  must(-posix_spawnp(&child, "echo", &actions, NULL, (char *[]){"echo", "hello", NULL}, environ));
  reap(child);
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("out n");
}
