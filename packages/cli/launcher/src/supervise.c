/* The loop: orders from the recorder, signals from outside, ends and stops of the children. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

struct job {
  int control, signals;
  pid_t recorder, command; /* 0: not running */
  bool started;            /* the command was */
  bool done;               /* the recorder has nothing more to say or to do */
  int command_status, recorder_status;
  int asked; /* how often the user asked to stop while only the recorder worked */
};

static int shell_code(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

static void take_order(struct job *job) {
  struct order order;
  int error = 0;
  bool whole = order_read(job->control, &order);
  job->done = whole && order_is_farewell(&order);
  if (whole && !job->done && !job->started) {
    pid_t child = command_start(&order, &error);
    job->started = child > 0;
    job->command = child > 0 ? child : 0;
    if (child > 0) tell(job->control, "started %d\n", child);
    else tell(job->control, "failed %d\n", error);
  } else {
    close(job->control);
    job->control = -1;
  }
  order_free(&order);
}

/* The shell sees only us: stop as the command has stopped, and see to it that it goes on when we do. */
static void stop_like(struct job *job, int number) {
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  tell(job->control, "stopped %d\n", number);
  kill(getpid(), number);
  /* Pending until now, since it is blocked; SIGSTOP needs no leave. */
  if (number != SIGSTOP) {
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    sigprocmask(SIG_BLOCK, &one, NULL);
  }
  tell(job->control, "continued\n");
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

static void recorder_changed(struct job *job, int status) {
  if (WIFSTOPPED(status)) {
    /* Nothing stops it for good but its own end. */
    kill(job->recorder, SIGCONT);
    return;
  }
  job->recorder = 0;
  job->recorder_status = status;
  if (job->command) fputs("roar: the recorder died; the run will be recorded as interrupted\n", stderr);
}

static void reap(struct job *job) {
  int status;
  pid_t child;
  while ((child = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
    if (child == job->command) command_changed(job, status);
    else if (child == job->recorder) recorder_changed(job, status);
  }
}

static bool is_stopped(pid_t child) {
  siginfo_t found = {0};
  return waitid(P_PID, (id_t)child, &found, WSTOPPED | WNOHANG | WNOWAIT) == 0 && found.si_pid == child;
}

/* Before the command runs, and behind it, a wish to stop is for the recorder: first by word, then by signal. */
static void interrupt_recorder(struct job *job, int number) {
  if (!job->recorder) return;
  if (job->started && job->asked++ == 0) tell(job->control, "signal %d %d\n", number, 0);
  else kill(job->recorder, number);
}

static void pass_on(struct job *job, const struct signalfd_siginfo *info) {
  int number = (int)info->ssi_signo;
  bool stops = number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
  bool from_group = info->ssi_code == SI_KERNEL || sentinel_saw(number);
  if (number == SIGCONT) {
    if (job->command && (!from_group || is_stopped(job->command))) kill(job->command, SIGCONT);
  } else if (job->command) {
    if (!from_group) kill(job->command, number);
    if (!stops && number != SIGWINCH) tell(job->control, "signal %d %d\n", number, from_group ? 1 : 0);
  } else if (number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT) {
    interrupt_recorder(job, number);
  } else if (stops && !job->started) {
    stop_like(job, number);
  }
}

static void take_signals(struct job *job) {
  struct signalfd_siginfo info;
  if (read(job->signals, &info, sizeof info) != sizeof info) return;
  if (info.ssi_signo == SIGCHLD) reap(job);
  else pass_on(job, &info);
}

static bool is_over(const struct job *job) { return !job->command && (!job->recorder || job->done); }

/* Until both have ended; Node takes some milliseconds to end, for which nobody has to wait. Once the command was started its own status is the answer, whatever became of the recorder. */
int supervise(int control, int signals, pid_t recorder) {
  struct job job = {.control = control, .signals = signals, .recorder = recorder};
  while (!is_over(&job)) {
    struct pollfd ready[2] = {{job.signals, POLLIN, 0}, {job.control, POLLIN, 0}};
    if (poll(ready, 2, -1) < 0 && errno != EINTR) break;
    if (ready[1].revents) take_order(&job);
    if (ready[0].revents & POLLIN) take_signals(&job);
  }
  return shell_code(job.started ? job.command_status : job.recorder_status);
}
