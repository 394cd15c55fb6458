/* roar-launcher NODE MAIN.JS ARGUMENTS…: runs the recorder, and the command for it. Exits as the recorder says. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "launcher.h"

/* What may be meant for the command. Those that were ignored when we came stay ignored, for everybody. */
static const int wanted[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGWINCH, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD};

static void watched(sigset_t *set) {
  sigemptyset(set);
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    if (!inherited_ignored(wanted[i])) sigaddset(set, wanted[i]);
  /* Even where it is ignored our own children must be waited for. */
  sigaddset(set, SIGCHLD);
}

static int failed(const char *what) {
  fprintf(stderr, "roar: %s: %s\n", what, strerror(errno));
  return 125;
}

int main(int argc, char **argv) {
  int control[2];
  sigset_t set;
  if (argc < 3) {
    fputs("usage: roar-launcher NODE MAIN.JS ARGUMENTS...\n", stderr);
    return 125;
  }
  inherited_keep();
  watched(&set);
  if (sigprocmask(SIG_BLOCK, &set, NULL) < 0) return failed("sigprocmask");
  signal(SIGCHLD, SIG_DFL);
  int signals = raise_fd(signalfd(-1, &set, SFD_CLOEXEC));
  if (signals < 0) return failed("signalfd");
  if (!pair_open(control)) return failed("socketpair");
  pid_t recorder = recorder_start(argv + 1, control[1]);
  if (recorder < 0) return failed(argv[1]);
  close(control[1]);
  sentinel_start(&set);
  int code = supervise(control[0], signals, recorder);
  sentinel_stop();
  terminal_restore();
  return code;
}
