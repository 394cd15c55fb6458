/* `roar-ebpf [--socket PATH] LOG -- COMMAND…`: joins a new run of roard's, leaves a follower behind, and becomes the command. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "follow.h"

static char mark[4096];
static int own_mark = -1; /* open as long as the follower lives: nobody else's file gets its number meanwhile */
static const char *asked; /* the daemon's socket */

/* Stands in the run's directory while anybody is followed: the recorder waits for the last facts by it. */
static void name_mark(const char *log) {
  const char *slash = strrchr(log, '/');
  snprintf(mark, sizeof mark, "%.*sfollowed", slash ? (int)(slash - log) + 1 : 0, log);
}

/* Nothing of the program's may be kept open here: somebody waits for the end of its pipes. */
static void let_go_of_everything(struct followed *followed, int *ready) {
  int null = open("/dev/null", O_RDWR);
  int kept[] = {followed->daemon, followed->ring, *ready};
  for (int i = 0; i < 3; i++) kept[i] = fcntl(kept[i], F_DUPFD, 64);
  for (int fd = 0; fd <= 2; fd++) dup2(null, fd);
  for (int i = 0; i < 3; i++) dup2(kept[i], 3 + i);
  close_range(6, ~0u, 0);
  followed->daemon = 3, followed->ring = 4, *ready = 5;
  if (chdir("/") < 0) _exit(1);
}

/* A session of its own gets no keys of the terminal; these come from whoever signals by name or by group. */
static void blind_to_signals(void) {
  static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTTOU, SIGTTIN, SIGTSTP, SIGXFSZ};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], SIG_IGN);
  signal(SIGCHLD, SIG_DFL);
}

/* Who is expected to tell the rest: the recorder looks for it by this number. */
static void sign_mark(void) {
  char number[16];
  int length = snprintf(number, sizeof number, "%d", (int)getpid());
  own_mark = open(mark, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (write(own_mark, number, (size_t)length) < 0) errno = 0;
}

void mark_caught_up(void) {
  if (write(own_mark, "!", 1) < 0) errno = 0;
}

/* By the end another run may have its mark at that place. */
static void take_mark_away(void) {
  struct stat now, own;
  if (fstat(own_mark, &own) == 0 && lstat(mark, &now) == 0 && now.st_ino == own.st_ino && now.st_dev == own.st_dev) unlink(mark);
}

static void be_follower(struct followed *followed, int ready) {
  let_go_of_everything(followed, &ready);
  sign_mark();
  prctl(PR_SET_NAME, "roar-follower");
  /* Mapped here alone: its 8,192 pages, all there at once, would be copied by each fork and taken away by the command's exec, 2 ms a time. */
  if (ring_open(followed->ring, followed->opened.ring_bytes)) follow(followed, ready);
  else gap_not_seen("no memory for the follower");
  take_mark_away();
  _exit(0);
}

/* Twice forked, and without an exit signal: the command must find no child, and no SIGCHLD, that it did not make. */
static bool start_follower(struct followed *followed, int theirs, int ours) {
  pid_t middle = (pid_t)syscall(SYS_clone, 0, NULL, NULL, NULL, NULL);
  if (middle < 0) return false;
  if (middle == 0) {
    close(ours);
    blind_to_signals();
    setsid();
    if (fork() == 0) be_follower(followed, theirs);
    _exit(0);
  }
  while (waitpid(middle, NULL, __WALL) < 0 && errno == EINTR) {}
  return true;
}

/* As a shell reports it: 127 when there is no such program, 126 when it cannot be run. */
static int become(char **argv) {
  execvp(argv[0], argv);
  int why = errno;
  fprintf(stderr, "%s: %s\n", argv[0], strerror(why));
  return why == ENOENT ? 127 : 126;
}

/* From the moment of this call on, whatever this process does is of the run. The kernel itself knows no such option, and answers EINVAL. */
static void join(const struct wire_reply *opened) { prctl(RUN_MAGIC, opened->slot, opened->secret[0], opened->secret[1], 0); }

static bool be_followed(const char **why) {
  struct followed followed = {.command = (uint32_t)getpid()};
  int pair[2];
  if (!daemon_open_run(asked, &followed, why)) return false;
  *why = "no memory or no descriptor for the follower";
  if (pipe2(pair, O_CLOEXEC) < 0) return false;
  int made = open(mark, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) close(made);
  if (!start_follower(&followed, pair[0], pair[1])) {
    unlink(mark);
    return false;
  }
  join(&followed.opened);
  bool told = write(pair[1], "j", 1) == 1;
  close(pair[0]), close(pair[1]), close(followed.daemon), close(followed.ring);
  return told;
}

static int check(void) {
  struct wire_reply state;
  int fd = daemon_connect(asked);
  bool answers = fd >= 0 && daemon_ask(fd, ASK_STATE, &state, NULL);
  printf("daemon %s %s\n", answers ? "ok" : "lacks", answers ? "answers" : strerror(errno));
  return answers ? 0 : 1;
}

int main(int argc, char **argv) {
  if (argc > 2 && strcmp(argv[1], "--socket") == 0) asked = argv[2], argv += 2, argc -= 2;
  if (argc == 2 && strcmp(argv[1], "--check") == 0) return check();
  if (argc < 4 || strcmp(argv[2], "--") != 0) {
    fprintf(stderr, "usage: roar-ebpf [--socket PATH] LOG -- COMMAND...\n       roar-ebpf [--socket PATH] --check\n");
    return 125;
  }
  name_mark(argv[1]);
  if (!log_open(argv[1])) {
    fprintf(stderr, "roar-ebpf: %s is no log of this build\n", argv[1]);
    return 125;
  }
  const char *why;
  if (!be_followed(&why)) gap_not_seen(why);
  return become(argv + 3);
}
