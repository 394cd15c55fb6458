/* The loop: orders from the recorder, signals from outside, ends and stops of the children. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

static int shell_code(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

static void start(struct job *job, const struct order *order) {
  int error = 0;
  pid_t child = command_start(order, job->control, &error);
  if (child < 0) {
    tell(job->control, "failed %d\n", error);
    return;
  }
  job->started = true;
  job->command = child;
  job->end_mark = command_end_mark(order);
  tell(job->control, "started %d\n", child);
  let_go(job->control, job->signals);
}

static void take_order(struct job *job) {
  struct order order;
  bool whole = order_read(job->control, job->argv, job->argc, &order);
  job->done = whole && order_is_farewell(&order);
  if (whole && job->started && order_is_notice(&order)) {
    job->recorded = true;
  } else if (whole && !job->done && !job->started && !order_is_notice(&order)) {
    start(job, &order);
  } else {
    close(job->control);
    job->control = -1;
  }
  order_free(&order);
}

static void command_changed(struct job *job, int status) {
  if (WIFSTOPPED(status)) {
    stop_like(job, WSTOPSIG(status));
  } else if (WIFEXITED(status) || WIFSIGNALED(status)) {
    job->command = 0;
    job->command_status = status;
    terminal_save();
    if (WIFSIGNALED(status)) tell(job->control, "killed %d\n", WTERMSIG(status));
    else tell(job->control, "exited %d\n", WEXITSTATUS(status));
  }
}

/*
 * The recorder stops where a background process may not write to the terminal (`stty tostop`), since its group is not the job's. In the foreground it
 * gets leave; in the background the whole job stops, as any that writes would. Otherwise nothing stops it for good but its own end.
 */
static void recorder_stopped(struct job *job, int number) {
  if (number == SIGTTOU && !terminal_let_write()) stop_like(job, number);
  kill(job->recorder, SIGCONT);
}

static void recorder_changed(struct job *job, int status) {
  if (WIFSTOPPED(status)) {
    recorder_stopped(job, WSTOPSIG(status));
    return;
  }
  job->recorder = 0;
  job->recorder_status = status;
  if (job->started && !job->done && WIFSIGNALED(status))
    fprintf(stderr, "roar: the recorder died%s\n", job->recorded ? " behind its record, which is whole" : "; the run will be recorded as interrupted");
}

static void git_answered(struct job *job, int status) {
  job->git = 0;
  tell(job->control, "git %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128);
}

static void reap(struct job *job) {
  int status;
  pid_t child;
  while ((child = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
    if (child == job->command) command_changed(job, status);
    else if (child == job->recorder) recorder_changed(job, status);
    else if (child == job->git && !WIFSTOPPED(status)) git_answered(job, status);
  }
}

static void take_signals(struct job *job) {
  struct signalfd_siginfo info;
  if (read(job->signals, &info, sizeof info) != sizeof info) return;
  if (info.ssi_signo == SIGCHLD) reap(job);
  else pass_on(job, &info);
}

/* Once a command has run, its status is the answer and nobody waits for Node's end, which takes some milliseconds. Otherwise Node's status is the answer. */
static bool is_over(const struct job *job) { return !job->command && (!job->recorder || (job->started && job->done)); }

/* The record will be made later: what has been written to the job's files since must not pass for the job's. */
static void mark_end(const struct job *job) {
  if (!job->end_mark || job->recorded || job->done || !WIFSIGNALED(job->recorder_status)) return;
  int fd = open(job->end_mark, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd >= 0) close(fd);
}

/*
 * At its end Node resets the modes of the terminal; the user's shell is at work there by then. It has said that nothing is left to do: it need not
 * come to that.
 */
static int leave(struct job *job) {
  if (job->git) {
    kill(job->git, SIGKILL);
    waitpid(job->git, NULL, 0);
  }
  if (job->recorder) {
    kill(job->recorder, SIGKILL);
    /* Nobody else may ever ask for it: a container's first process often is no init. */
    waitpid(job->recorder, NULL, 0);
  }
  if (job->started) {
    if (!job->recorder) mark_end(job);
    return shell_code(job->command_status);
  }
  if (!WIFSIGNALED(job->recorder_status) || job->asked) return shell_code(job->recorder_status);
  fprintf(stderr, "roar: the recorder died (%s); the command was not started\n", strsignal(WTERMSIG(job->recorder_status)));
  return 125;
}

int supervise(struct job *job) {
  while (!is_over(job)) {
    struct pollfd ready[2] = {{job->signals, POLLIN, 0}, {job->control, POLLIN, 0}};
    if (poll(ready, 2, -1) < 0 && errno != EINTR) break;
    if (ready[1].revents) take_order(job);
    if (ready[0].revents & POLLIN) take_signals(job);
  }
  return leave(job);
}
