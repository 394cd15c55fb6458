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
#include <sys/wait.h>
#include <unistd.h>

#include "supervise.h"

static char mark[4096];

static void name_mark(const char *log) {
  const char *slash = strrchr(log, '/');
  snprintf(mark, sizeof mark, "%.*ssupervised", slash ? (int)(slash - log) + 1 : 0, log);
}

static int send_fd(int channel, int fd) {
  char byte = without_new_privileges;
  struct iovec part = {&byte, 1};
  union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr head; } control = {{0}};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(head), &fd, sizeof fd);
  return sendmsg(channel, &message, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

static int receive_fd(int channel) {
  char byte;
  struct iovec part = {&byte, 1};
  union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr head; } control;
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  if (recvmsg(channel, &message, MSG_CMSG_CLOEXEC) <= 0) return -1;
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  without_new_privileges = byte;
  int fd = -1;
  if (head && head->cmsg_type == SCM_RIGHTS) memcpy(&fd, CMSG_DATA(head), sizeof fd);
  return fd;
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

static void blind_to_signals(void) {
  static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTTOU, SIGTTIN, SIGTSTP, SIGXFSZ};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], SIG_IGN);
  signal(SIGCHLD, SIG_DFL);
}

static void supervise(int channel) {
  let_go_of_everything(channel);
  int listener = receive_fd(3), alive[2];
  close(3);
  if (listener < 0 || pipe2(alive, O_CLOEXEC) < 0) _exit(1);
  uint64_t *taken = mmap(NULL, MOST_HELD * sizeof *taken, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) {
    close(alive[1]);
    prctl(PR_SET_NAME, "roar-guardian");
    guard(listener, alive[0], taken, mark);
    _exit(0);
  }
  close(alive[0]);
  listen_until_end(listener, taken);
  unlink(mark);
  _exit(0);
}

/* Twice forked: the command must find no child that it did not make. */
static bool start_supervisor(int channel, int ours) {
  pid_t middle = fork();
  if (middle < 0) return false;
  if (middle == 0) {
    close(ours);
    blind_to_signals();
    setsid();
    if (fork() == 0) supervise(channel);
    _exit(0);
  }
  while (waitpid(middle, NULL, 0) < 0 && errno == EINTR) {}
  return true;
}

static int become(char **argv) {
  execvp(argv[0], argv);
  int why = errno;
  fprintf(stderr, "%s: %s\n", argv[0], strerror(why));
  return why == ENOENT ? 127 : 126;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--check") == 0) return check();
  if (argc < 4 || strcmp(argv[2], "--") != 0) {
    fprintf(stderr, "usage: roar-ptrace LOG -- COMMAND...\n");
    return 125;
  }
  int pair[2];
  name_mark(argv[1]);
  if (!log_open(argv[1])) {
    fprintf(stderr, "roar-ptrace: %s is no log of this build\n", argv[1]);
    return 125;
  }
  int made = open(mark, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) close(made);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0 || !start_supervisor(pair[1], pair[0])) return 125;
  close(pair[1]);
  int listener = filter_install(LISTENER);
  if (listener < 0 || send_fd(pair[0], listener) < 0) {
    fact_gap((uint32_t)getpid(), "not-supervised", strerror(errno));
    unlink(mark);
  }
  return become(argv + 3);
}
