// title: a file that was made for a program which could not be started is made
#include "case.h"
#include <spawn.h>

extern char **environ;

int main(void) {
  posix_spawn_file_actions_t actions;
  pid_t child;
  must_be(posix_spawn_file_actions_init(&actions) == 0);
  must_be(posix_spawn_file_actions_addopen(&actions, 1, "n", O_WRONLY | O_CREAT | O_TRUNC, 0644) == 0);
  must_be(posix_spawn(&child, "./absent", &actions, NULL, (char *[]){"absent", NULL}, environ) == ENOENT);
  must_be(access("n", F_OK) == 0);
  expect_any("C n");
  job("out n");
}
