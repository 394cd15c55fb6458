/* `roar-ptrace LOG -- COMMAND…`: becomes the command, under a filter whose calls a helper in a session of its own looks at. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervise.h"

static char mark[4096];

/* Stands in the run's directory while anybody is supervised: the recorder waits for the last facts by it. */
static void name_mark(const char *log) {
  const char *slash = strrchr(log, '/');
  snprintf(mark, sizeof mark, "%.*ssupervised", slash ? (int)(slash - log) + 1 : 0, log);
}

static struct stamp own_mark;

static void make_mark(void) {
  unlink(mark);
  int made = open(mark, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return;
  stamp_fd(made, &own_mark);
  close(made);
}

/* A tree that outlives its run may end when another run has its mark in the same place. */
void remove_mark(void) {
  struct stamp there;
  if (own_mark.ino && stamp_path(AT_FDCWD, mark, AT_SYMLINK_NOFOLLOW, &there) && same_file(&there, &own_mark)) unlink(mark);
}

/* What the command's process tells its supervisor: that it has a filter, with the listener where there is one. */
struct greeting {
  bool without_new_privileges, by_stops;
};

static bool send_greeting(int channel, struct greeting greeting, int fd) {
  struct iovec part = {&greeting, sizeof greeting};
  union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr head; } control = {{0}};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (fd >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
  }
  return sendmsg(channel, &message, MSG_NOSIGNAL) == sizeof greeting;
}

static bool receive_greeting(int channel, struct greeting *greeting, int *fd) {
  struct iovec part = {greeting, sizeof *greeting};
  union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr head; } control;
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  *fd = -1;
  if (recvmsg(channel, &message, MSG_CMSG_CLOEXEC) != sizeof *greeting) return false;
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  if (head && head->cmsg_type == SCM_RIGHTS) memcpy(fd, CMSG_DATA(head), sizeof *fd);
  return true;
}

/* Nothing of the program's may be kept open here: somebody waits for the end of its pipes. */
static void let_go_of_everything(int channel) {
  int null = open("/dev/null", O_RDWR);
  for (int fd = 0; fd <= 2; fd++) dup2(null, fd);
  dup2(channel, 3);
  close_range(4, ~0u, 0);
  if (chdir("/") < 0) _exit(1);
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

/* A session of its own gets no keys of the terminal; these come from whoever signals by name or by group. The guardian stands behind SIGKILL. */
static void blind_to_signals(void) {
  static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTTOU, SIGTTIN, SIGTSTP, SIGXFSZ};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], SIG_IGN);
  signal(SIGCHLD, SIG_DFL);
}

/*
 * A command of low priority (nice) is answered at the ordinary one, where we have the right: while a stop waits for its turn a signal can end it with EINTR. Beside
 * other work that took up to nine stops in ten of a program that got a signal every 150 us, and does so with one in fifty now.
 */
static void answer_in_time(void) {
  if (getpriority(PRIO_PROCESS, 0) > 0) setpriority(PRIO_PROCESS, 0, 0);
}

static void supervise_by_listener(int listener) {
  int alive[2];
  uint64_t *taken = mmap(NULL, MOST_HELD * sizeof *taken, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (listener < 0 || taken == MAP_FAILED || pipe2(alive, O_CLOEXEC) < 0) _exit(1);
  if (fork() == 0) {
    close(alive[1]);
    prctl(PR_SET_NAME, "roar-guardian");
    guard(listener, alive[0], taken);
    _exit(0);
  }
  close(alive[0]);
  answer_in_time();
  listen_until_end(listener, taken);
  /* The mark is ours to remove: by the time that the guardian hears of our end it may be the next run's, in the same place. */
  __atomic_store_n(&taken[0], ALL_TOLD, __ATOMIC_RELEASE);
}

/* Whether its memory and descriptors can be had without stopping it (not under Yama's ptrace_scope 1, whose tracer must be an ancestor). */
static bool reaches(pid_t command) {
  struct process reached = {.pidfd = (int)syscall(SYS_pidfd_open, command, 0)};
  char byte;
  int copy = remote_fd(&reached, 0), why = errno;
  if (copy >= 0) close(copy);
  if (reached.pidfd >= 0) close(reached.pidfd);
  return (copy >= 0 || why == EBADF) && remote_read((uint32_t)command, (uint64_t)(uintptr_t)mark, &byte, 1);
}

static void supervise(int channel, pid_t command, bool by_stops) {
  struct greeting greeting;
  int listener;
  let_go_of_everything(channel);
  by_stops = by_stops || !reaches(command);
  /* The library's question could not be answered by stops: it does without us. */
  if (by_stops && library_inside) _exit(1);
  bool ready = !by_stops || stops_begin(command);
  if (!ready || !send_greeting(3, (struct greeting){.by_stops = by_stops}, -1)) _exit(1);
  while (receive_greeting(3, &greeting, &listener)) {
    without_new_privileges = greeting.without_new_privileges;
    if (greeting.by_stops && !by_stops) {
      if (library_inside) _exit(1);
      /* The kernel gave no listener: the other way. */
      by_stops = stops_begin(command);
      if (!by_stops || !send_greeting(3, (struct greeting){.by_stops = true}, -1)) _exit(1);
      continue;
    }
    close(3);
    if (by_stops) stops_until_end();
    else supervise_by_listener(listener);
    break;
  }
  remove_mark();
  _exit(0);
}

/* Twice forked: the command must find no child that it did not make. */
static bool start_supervisor(int channel, int ours, bool by_stops) {
  pid_t command = getpid();
  /* Without an exit signal: a SIGCHLD that the command inherits as blocked would otherwise be waiting for it, from a child it never made. */
  pid_t middle = (pid_t)syscall(SYS_clone, 0, NULL, NULL, NULL, NULL);
  if (middle < 0) return false;
  if (middle == 0) {
    close(ours);
    blind_to_signals();
    setsid();
    if (fork() == 0) supervise(channel, command, by_stops);
    _exit(0);
  }
  while (waitpid(middle, NULL, __WALL) < 0 && errno == EINTR) {}
  return true;
}

/* As the library leaves an environment for the programs that it will be in (inside.c). */
static void put_log_last(void) {
  char *log = getenv("ROAR_TRACE_LOG"), *copy = log ? strdup(log) : NULL;
  if (!copy) return;
  unsetenv("ROAR_TRACE_LOG");
  setenv("ROAR_TRACE_LOG", copy, 1);
}

/* Where execvp will find the command: looked for before the filter, behind which each place of PATH that has none costs a stop. */
static const char *place_of(const char *name) {
  static char place[4096];
  const char *at = strchr(name, '/') ? NULL : getenv("PATH");
  for (size_t length; at && *at; at += length + (at[length] == ':')) {
    struct stat found;
    length = strcspn(at, ":");
    int used = snprintf(place, sizeof place, "%.*s%s%s", (int)length, at, length ? "/" : "", name);
    if (used < (int)sizeof place && access(place, X_OK) == 0 && stat(place, &found) == 0 && S_ISREG(found.st_mode)) return place;
  }
  return name;
}

/* As a shell reports it: 127 when there is no such program, 126 when it cannot be run. */
static int become(const char *place, char **argv) {
  if (place != argv[0]) execvp(place, argv);
  /* What could not be run there may be run from a later place, and what is not found is reported by the name that was typed. */
  execvp(argv[0], argv);
  int why = errno;
  fprintf(stderr, "%s: %s\n", argv[0], strerror(why));
  return why == ENOENT ? 127 : 126;
}

/* Why nobody supervises; a supervisor that ends by itself says nothing. */
static const char *why_alone(int refusal) {
  switch (refusal) {
    case 0: return "the supervisor cannot reach the command, or has ended";
    case EBUSY: return "another filter with a listener is there already";
    default: return strerror(refusal);
  }
}

/* A filter by one way or the other; false when there is neither. `refusal`: the kernel's, of the first way; 0: none. */
static bool be_supervised(int channel, int *refusal) {
  struct greeting greeting;
  int listener = -1, unused;
  /* Yama lets a process name who may trace it. */
  prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
  if (!receive_greeting(channel, &greeting, &unused)) return false;
  if (!greeting.by_stops) {
    listener = filter_install(LISTENER);
    greeting.by_stops = listener < 0;
    *refusal = listener < 0 ? errno : 0;
    if (listener < 0 && (!send_greeting(channel, greeting, -1) || !receive_greeting(channel, &greeting, &unused))) return false;
  }
  prctl(PR_SET_PTRACER, 0, 0, 0, 0);
  /* From here on calls of the table stop; sendmsg, and the exec that closes the channel behind it, are looked at by a supervisor that is ready. */
  if (listener < 0 && filter_install(TRACER) < 0) return false;
  greeting.without_new_privileges = without_new_privileges;
  return send_greeting(channel, greeting, listener);
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--check") == 0) return check();
  bool by_stops = argc > 3 && strcmp(argv[1], "--mode") == 0 && strcmp(argv[2], "ptrace") == 0;
  if (by_stops) argv += 2, argc -= 2;
  library_inside = argc > 3 && strcmp(argv[1], "--library") == 0;
  bool entered = library_inside && strcmp(argv[2], "entered") == 0;
  if (library_inside) argv += 2, argc -= 2;
  if (argc < 4 || strcmp(argv[2], "--") != 0) {
    fprintf(stderr, "usage: roar-ptrace [--mode ptrace | --library entered|outside] LOG -- COMMAND...\n       roar-ptrace --check\n");
    return 125;
  }
  int pair[2];
  if (library_inside) note_library();
  name_mark(argv[1]);
  if (!log_open(argv[1])) {
    fprintf(stderr, "roar-ptrace: %s is no log of this build\n", argv[1]);
    return 125;
  }
  make_mark();
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0 || !start_supervisor(pair[1], pair[0], by_stops)) return 125;
  close(pair[1]);
  int refusal = 0;
  const char *place = place_of(argv[3]);
  if (!be_supervised(pair[0], &refusal)) {
    /* The preload library sees what it can, and says itself what it meets and cannot see; that it is alone is ours to say. */
    if (library_inside) log_gap((uint32_t)getpid(), 1, "no-supervisor", text_of(why_alone(refusal)));
    else log_gap((uint32_t)getpid(), 1, "not-supervised", text_of(why_alone(refusal)));
    remove_mark();
  }
  if (entered) put_log_last();
  return become(place, argv + 3);
}
