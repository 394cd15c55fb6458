/*
 * roar-launcher NODE MAIN.JS ARGUMENTS…: runs the recorder, and the command for it. Exits as a shell would say that the command has ended.
 * roar-launcher --environment PID: for bin/roar, before that.
 * roar-launcher --alone NODE MAIN.JS ARGUMENTS…: becomes Node, where the user's limits let it live, for commands that run no program.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "launcher.h"

/* Any may be meant for the command. Those that were ignored when we came stay ignored, for everybody. A fault of our own ends us, blocked or not. */
static void watched(sigset_t *set) {
  sigfillset(set);
  for (int number = 1; number < NSIG; number++)
    if (inherited_ignored(number)) sigdelset(set, number);
  /* Even where it is ignored our own children must be waited for. */
  sigaddset(set, SIGCHLD);
}

static int failed(const char *what) {
  fprintf(stderr, "roar: %s: %s\n", what, strerror(errno));
  return 125;
}

static int become_node(char **argv) {
  raise_hindering_limits();
  if (!limits_suffice(argv[0], argv + 2)) return 1;
  execvp(argv[0], argv);
  perror(argv[0]);
  return 127;
}

int main(int argc, char **argv) {
  int control[2];
  sigset_t set;
  if (argc == 3 && !strcmp(argv[1], "--environment")) return environment_say(argv[2]);
  if (argc > 3 && !strcmp(argv[1], "--alone")) return become_node(argv + 2);
  if (argc < 3) {
    fputs("usage: roar-launcher NODE MAIN.JS ARGUMENTS...\n", stderr);
    return 125;
  }
  environment_take();
  inherited_keep();
  watched(&set);
  if (sigprocmask(SIG_BLOCK, &set, NULL) < 0) return failed("sigprocmask");
  signal(SIGCHLD, SIG_DFL);
  int signals = raise_fd(signalfd(-1, &set, SFD_CLOEXEC));
  if (signals < 0) return failed("signalfd");
  if (!pair_open(control)) return failed("socketpair");
  struct question question = {-1, -1};
  if (recorder_is_plain(argv + 1)) question_prepare(&question);
  pid_t recorder = recorder_start(argv + 1, control[1], &question);
  if (recorder < 0 && errno == EAGAIN && !limits_refuse_processes(argv + 3)) return 125;
  if (recorder < 0) return failed(argv[1]);
  close(control[1]);
  pid_t git = question_ask(&question);
  sentinel_start(&set);
  struct job job = {.argv = argv + 3, .argc = argc - 3, .control = control[0], .signals = signals, .recorder = recorder, .git = git};
  int code = supervise(&job);
  sentinel_stop();
  terminal_restore();
  return code;
}
