/* What is sent to the launcher: for whom it is meant. */
#define _GNU_SOURCE
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

static bool is_stopped(pid_t child) {
  siginfo_t found = {0};
  return waitid(P_PID, (id_t)child, &found, WSTOPPED | WNOHANG | WNOWAIT) == 0 && found.si_pid == child;
}

static bool stops(int number) { return number == SIGTSTP || number == SIGTTIN || number == SIGTTOU; }

/* Nobody asks by these for an end. SIGUSR1 would open Node's debugger. */
static bool is_harmless(int number) {
  return number == SIGCONT || number == SIGWINCH || number == SIGURG || number == SIGPIPE || number == SIGUSR1;
}

static bool asks_for_end(int number) { return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT; }

/*
 * The terminal's signals come from the kernel, for the group (SI_KERNEL). So does the alarm of a timer, but for this process alone: timers survive
 * an exec (`perl -e 'alarm 5; exec @ARGV' roar run …`) and are not inherited by children.
 */
static bool reached_group(const struct signalfd_siginfo *info) {
  int number = (int)info->ssi_signo;
  bool from_terminal = asks_for_end(number) || stops(number) || number == SIGWINCH || number == SIGCONT;
  /* Asked in any case, so that it has told of this one when the next comes. */
  bool saw = sentinel_saw(number);
  return saw || (info->ssi_code == SI_KERNEL && from_terminal);
}

/* While the command runs everything is for it; a wish to end is told to the recorder too. */
static void pass_to_command(struct job *job, int number, bool from_group) {
  if (number == SIGCONT) {
    if (!from_group || is_stopped(job->command)) kill(job->command, SIGCONT);
    return;
  }
  if (!from_group) kill(job->command, number);
  if (asks_for_end(number)) tell(job->control, "signal %d %d\n", number, from_group ? 1 : 0);
}

/* Before the command runs a signal does what it would do to any program. Behind it, a wish to end is for the recorder: first by word, then by force. */
static void pass_to_recorder(struct job *job, int number) {
  if (!job->started && stops(number)) stop_like(job, number);
  if (job->started ? !asks_for_end(number) : stops(number) || is_harmless(number)) return;
  job->asked++;
  if (job->started && job->asked == 1) tell(job->control, "signal %d 0\n", number);
  else kill(job->recorder, number);
}

void pass_on(struct job *job, const struct signalfd_siginfo *info) {
  /* The sentinel's is a nudge, and SIGPIPE of our own last words is nobody's. */
  if (sentinel_sent(info) || (pid_t)info->ssi_pid == getpid()) return;
  if (job->command) pass_to_command(job, (int)info->ssi_signo, reached_group(info));
  else if (job->recorder) pass_to_recorder(job, (int)info->ssi_signo);
}
