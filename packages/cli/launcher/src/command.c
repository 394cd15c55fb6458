/* Starts the command as the shell would have: nothing of its state is ours. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launcher.h"

static void apply(char *const *changes) {
  for (; *changes; changes++) {
    if (**changes == '=') continue;
    char *word = *changes + 1;
    char *value = strchr(word, '=');
    if (**changes == '-' || !value) unsetenv(word);
    else putenv(word);
  }
}

char *command_end_mark(const struct order *order) {
  for (char *const *word = order->changes; *word; word++)
    if (**word == '=') return strdup(*word + 1);
  return NULL;
}

/*
 * Tells the error through the pipe, which a successful exec closes. That it is there it tells the recorder itself: whoever started it may be killed
 * before it can, and a command that runs would be taken for one that was never started.
 */
static _Noreturn void become(const struct order *order, int control, int report) {
  tell(control, "forked %d\n", getpid());
  inherited_restore_death();
  inherited_restore();
  apply(order->changes);
  /* No chdir where none is needed: where we are may have no name that could be sent, or none at all any more. */
  if (!*order->cwd || chdir(order->cwd) == 0) execvp(order->argv[0], order->argv);
  int error = errno;
  if (write(report, &error, sizeof error) < 0) _exit(125);
  _exit(127);
}

pid_t command_start(const struct order *order, int control, int *error) {
  int report[2];
  *error = 0;
  if (!pipe_open(report)) {
    *error = errno;
    return -1;
  }
  pid_t child = fork();
  if (child == 0) become(order, control, report[1]);
  if (child < 0) *error = errno;
  close(report[1]);
  if (child > 0 && read(report[0], error, sizeof *error) <= 0) *error = 0;
  close(report[0]);
  return *error ? -1 : child;
}
