/* Starts the recorder. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launcher.h"

/* `node [OPTIONS] SCRIPT run CMD…` without an option of ours: nothing of the user's is needed but standard error. `--help` and `--json` need more. */
bool recorder_is_plain(char *const argv[]) {
  char *const *script = argv + 1;
  while (*script && **script == '-') script++;
  const char *verb = *script ? script[1] : NULL;
  return verb && (!strcmp(verb, "run") || !strcmp(verb, "build")) && script[2] && script[2][0] != '-';
}

/*
 * A pipe that the command closes must be closed; the recorder reads nothing of the user's. The number of the control channel must be below 16: up to
 * there Node marks what it has inherited close-on-exec at its start (uv_disable_stdio_inheritance), so that no child of its own holds the channel.
 */
static int arrange_control(char *const argv[], int control, const struct question *question) {
  to_null(0);
  if (recorder_is_plain(argv)) {
    to_null(1);
    const int kept[] = {control, question->output, question->errors};
    close_all_but(kept, 3);
  }
  return fcntl(control, F_DUPFD, 4);
}

static void tell_of_answer(const struct question *question) {
  char numbers[32];
  if (!question_can_be_asked(question)) return;
  snprintf(numbers, sizeof numbers, "%d %d", fcntl(question->output, F_DUPFD, 4), fcntl(question->errors, F_DUPFD, 4));
  setenv("ROAR_LAUNCHER_GIT", numbers, 1);
}

/*
 * In a process group of its own: what the terminal or a script sends to the job's group is for the command. Ctrl-Z must not stop the recorder when
 * the command goes on, and a killed group leaves it to record what happened.
 */
pid_t recorder_start(char *const argv[], int control, const struct question *question) {
  char number[16];
  pid_t child = fork();
  if (child != 0) return child;
  setpgid(0, 0);
  inherited_restore();
  snprintf(number, sizeof number, "%d", arrange_control(argv, control, question));
  setenv("ROAR_LAUNCHER_FD", number, 1);
  tell_of_answer(question);
  raise_limits();
  if (!limits_suffice(argv[0], argv + 2)) _exit(125);
  execvp(argv[0], argv);
  perror(argv[0]);
  _exit(127);
}
