/* The limits of the user's shell, and what the recorder needs of them. They are meant for the command: it gets them as they are. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

/*
 * Below `least` Node aborts with a stack of its own, waits for ever, or loses the record for want of a descriptor behind the command. How much it reserves
 * depends on its version: Node 20 and 22 live from `least` on, Node 24 takes half as much again of the address space and four times the data, and every one
 * lives with `plenty`. In between it is tried, with `spare` less, which is what the largest answer takes beyond a start.
 */
static const struct need {
  int resource;
  rlim_t least, plenty, spare, unit;
  const char *shell, *name; /* as a shell calls it, and prlimit(1) */
} needs[] = {
    {RLIMIT_NOFILE, 40, 40, 0, 1, "-n (open files)", "nofile"},
    {RLIMIT_AS, 960 << 20, (rlim_t)2 << 30, 256 << 20, 1024, "-v (KiB of address space)", "as"},
    {RLIMIT_DATA, 160 << 20, 1 << 30, 112 << 20, 1024, "-d (KiB of data)", "data"},
    {RLIMIT_STACK, 256 << 10, 256 << 10, 0, 1024, "-s (KiB of stack)", "stack"},
};

/* Node's threads (4 of V8, 4 of libuv, 2 more), git, and the command. */
enum { THREADS = 12, PLENTY = 4096 };

/* Beyond the hard limit, where we may (CAP_SYS_RESOURCE), otherwise up to it. */
static void raise_limit(int resource, rlim_t wanted) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) < 0 || limit.rlim_cur >= wanted) return;
  struct rlimit whole = {wanted, limit.rlim_max > wanted ? limit.rlim_max : wanted};
  if (setrlimit(resource, &whole) == 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(resource, &limit);
}

/* V8 reserves gigabytes of address space and expects a megabyte of stack; a record must not end where a file may. */
void raise_limits(void) {
  raise_limit(RLIMIT_AS, RLIM_INFINITY);
  raise_limit(RLIMIT_DATA, RLIM_INFINITY);
  raise_limit(RLIMIT_CPU, RLIM_INFINITY);
  raise_limit(RLIMIT_FSIZE, RLIM_INFINITY);
  raise_limit(RLIMIT_STACK, 8 << 20);
  raise_limit(RLIMIT_NOFILE, 1024);
  raise_limit(RLIMIT_NPROC, PLENTY);
}

/* prlimit takes bytes where a shell says KiB. */
static bool refuse(const struct need *need, rlim_t is, rlim_t needed, const char *beside, char *const *words) {
  unsigned long long shown = is / need->unit, least = needed / need->unit, bytes = is;
  bool records = words_record(words);
  char message[120], cause[120], remedy[120];
  snprintf(message, sizeof message, "ulimit %s is %llu, too little for roar; nothing was started", need->shell, shown);
  snprintf(cause, sizeof cause, "%s needs %llu%s.", records ? "What keeps the record" : "Node, which answers,", least, beside);
  if (records) snprintf(remedy, sizeof remedy, "roar run prlimit --%s=%llu COMMAND   (from a shell without this limit)", need->name, bytes);
  else snprintf(remedy, sizeof remedy, "Ask again in a shell without this limit");
  refusal_print(&(struct refusal){"ROAR_LIMIT", message, cause, remedy}, words_ask_for_json(words));
  return false;
}

static _Noreturn void become_trial(char *node, int resource, rlim_t value) {
  const struct rlimit none = {0, 0}, less = {value, value};
  char *argv[] = {node, "-e", "0", NULL};
  for (int fd = 0; fd <= 2; fd++) to_null(fd);
  if (setrlimit(RLIMIT_CORE, &none) < 0 || setrlimit(resource, &less) < 0) _exit(1);
  execvp(node, argv);
  _exit(1);
}

/* A tenth of a second, and only where the limit is between what no Node lives with and what all do. One that waits for ever does not live. */
static bool lives(char *node, int resource, rlim_t value) {
  enum { TURNS = 1000, TURN_US = 5000 };
  int status = 1;
  pid_t child = fork(), ended = 0;
  if (child == 0) become_trial(node, resource, value);
  for (int i = 0; child > 0 && i < TURNS && (ended = waitpid(child, &status, WNOHANG)) == 0; i++) usleep(TURN_US);
  if (child > 0 && ended == 0) {
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
  }
  return ended > 0 && status == 0;
}

static bool reaches(const struct need *need, char *node, char *const *words) {
  struct rlimit limit;
  if (getrlimit(need->resource, &limit) < 0 || limit.rlim_cur >= need->plenty) return true;
  if (limit.rlim_cur < need->least) return refuse(need, limit.rlim_cur, need->least, " at least", words);
  if (need->spare == 0 || lives(node, need->resource, limit.rlim_cur - need->spare)) return true;
  return refuse(need, limit.rlim_cur, need->plenty, " at the most; with this limit it has been tried", words);
}

/* All processes and threads of the user count, so that only trying tells. The children end when the pipe does, whatever becomes of us. */
static bool can_start(int count) {
  int hold[2], started = 0;
  char none;
  if (!pipe_open(hold)) return true;
  for (pid_t child; started < count && (child = fork()) >= 0; started++)
    if (child == 0) {
      close(hold[1]);
      _exit(read(hold[0], &none, 1) < 0);
    }
  close(hold[0]);
  close(hold[1]);
  for (int left = started; left > 0 && wait(NULL) > 0; left--) continue;
  return started == count;
}

bool limits_refuse_processes(char *const *words) {
  static const struct need processes = {RLIMIT_NPROC, THREADS, THREADS, 0, 1, "-u (processes)", "nproc"};
  struct rlimit limit;
  if (getrlimit(RLIMIT_NPROC, &limit) < 0) return false;
  return refuse(&processes, limit.rlim_cur, THREADS, ", threads among them, beside what you run already", words);
}

bool limits_suffice(char *node, char *const *words) {
  struct rlimit limit;
  for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
    if (!reaches(&needs[i], node, words)) return false;
  if (getrlimit(RLIMIT_NPROC, &limit) < 0 || limit.rlim_cur >= PLENTY || can_start(THREADS)) return true;
  return limits_refuse_processes(words);
}

/* Node stands where the user's shell started it: what it starts in turn, as `roar reproduce` does, gets the limits as they are where they are no hindrance. */
void raise_hindering_limits(void) {
  for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) raise_limit(needs[i].resource, needs[i].plenty);
}
