// title: a program that was started just before the end is waited for, or named as still running
#include "case.h"
#include <spawn.h>

extern char **environ;

int main(void) {
  pid_t child;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int fd = 0; fd < 3; fd++) posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
  must(-posix_spawnp(&child, "sleep", &actions, NULL, (char *[]){"sleep", "1", NULL}, environ));
  still(child);
  job("none");
  _exit(0);
}
