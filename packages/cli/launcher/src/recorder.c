/* Starts the recorder. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "launcher.h"

/*
 * In a process group of its own: what the terminal or a script sends to the job's group is for the command. Ctrl-Z must not stop the recorder when
 * the command goes on, and a killed group leaves it to record what happened.
 */
pid_t recorder_start(char *const argv[], int control) {
  char number[16];
  pid_t child = fork();
  if (child != 0) return child;
  setpgid(0, 0);
  inherited_restore();
  snprintf(number, sizeof number, "%d", control);
  setenv("ROAR_LAUNCHER_FD", number, 1);
  fcntl(control, F_SETFD, 0);
  execvp(argv[0], argv);
  perror(argv[0]);
  _exit(127);
}
