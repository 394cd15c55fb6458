/* The way to roard: the machine's own, or one that this user may start. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "follow.h"

/* A daemon's word is taken only from root or from oneself. */
static int connect_to(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  struct ucred who;
  socklen_t size = sizeof who;
  if (strlen(path) >= sizeof address.sun_path) return -1;
  strcpy(address.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  bool trusted = connect(fd, (struct sockaddr *)&address, sizeof address) == 0 && getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
                 (who.uid == 0 || who.uid == getuid());
  if (trusted) return fd;
  int why = errno;
  close(fd);
  errno = why;
  return -1;
}

int daemon_connect(const char *asked) {
  char own[108];
  if (asked) return connect_to(asked);
  int fd = connect_to(SYSTEM_SOCKET);
  if (fd >= 0 || getuid() == 0) return fd;
  snprintf(own, sizeof own, "/run/user/%u/roar/roard.sock", (unsigned)getuid());
  return connect_to(own);
}

static void nap(void) { nanosleep(&(struct timespec){0, 10000000}, NULL); }

/* It lives on behind the command: nothing of the command's may stay open in it, and no signal of its terminal may reach it. */
static void become_daemon(int ready, const char *asked) {
  char path[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof "roard");
  int null = open("/dev/null", O_RDWR);
  if (length <= 0 || null < 0) _exit(1);
  path[length] = 0;
  strcpy(strrchr(path, '/') + 1, "roard");
  for (int fd = 0; fd <= 2; fd++) dup2(null, fd);
  dup2(ready, 3);
  close_range(4, ~0u, 0);
  if (chdir("/") < 0) _exit(1);
  char *words[] = {path, "--ready-fd", "3", asked ? "--socket" : NULL, (char *)asked, NULL};
  char *environment[] = {NULL};
  execve(path, words, environment);
  _exit(1);
}

/* Starts one. Only who may load programs gets that far. `enum wire_start`, or 0 when it cannot. */
static char daemon_start(const char *asked) {
  int ends[2];
  char byte = 0;
  if (pipe2(ends, O_CLOEXEC) < 0) return 0;
  pid_t middle = fork();
  if (middle == 0) {
    setsid();
    if (fork() == 0) become_daemon(ends[1], asked);
    _exit(0);
  }
  close(ends[1]);
  if (middle > 0) waitpid(middle, NULL, 0);
  if (middle < 0 || read(ends[0], &byte, 1) != 1) byte = 0;
  close(ends[0]);
  return byte;
}

bool daemon_ask(int fd, uint32_t ask, struct wire_reply *reply, int *ring) {
  struct wire_request request = {.magic = WIRE_MAGIC, .version = WIRE_VERSION, .ask = ask};
  struct iovec part = {reply, sizeof *reply};
  union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr head; } control;
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  struct pollfd answer = {fd, POLLIN, 0};
  reply->answer = ANSWER_NONE;
  if (send(fd, &request, sizeof request, MSG_NOSIGNAL) != sizeof request) return false;
  /* A daemon that stands still for so long is no daemon; a busy machine may keep it waiting. */
  if (poll(&answer, 1, 20000) != 1) return reply->answer = ANSWER_LATE, false;
  if (recvmsg(fd, &message, MSG_CMSG_CLOEXEC) != sizeof *reply) return false;
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  if (ring && head && head->cmsg_type == SCM_RIGHTS) memcpy(ring, CMSG_DATA(head), sizeof *ring);
  return reply->magic == WIRE_MAGIC && reply->version == WIRE_VERSION && reply->answer == ANSWER_OK;
}

/* Events that found the ring full, in the order of their numbers; how many bytes, or -1. `into` has room for KEPT_ANSWER_BYTES. */
ssize_t daemon_take_kept(int fd, uint64_t first, uint64_t behind, char *into) {
  struct wire_request request = {.magic = WIRE_MAGIC, .version = WIRE_VERSION, .ask = ASK_KEPT, .first = first, .behind = behind};
  struct pollfd answer = {fd, POLLIN, 0};
  if (send(fd, &request, sizeof request, MSG_NOSIGNAL) != sizeof request || poll(&answer, 1, 5000) != 1) return -1;
  return recv(fd, into, KEPT_ANSWER_BYTES, 0);
}

static const char *reason_of(uint32_t answer) {
  switch (answer) {
    case ANSWER_FULL: return "roard has as many runs as it may have, of this user or of all";
    case ANSWER_REFUSED: return "roard is of another version";
    case ANSWER_FAILED: return "roard could not open a run";
    case ANSWER_LATE: return "roard does not answer";
  }
  return "roard hung up";
}

static uint64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

enum opening { OPENED, OPEN_NOW, OPEN_LATER, OPEN_NEVER };

/* STARTS_ANOTHER, too, where another is on its way out. */
static enum opening open_by_start(const char *asked, const char **why) {
  switch (daemon_start(asked)) {
    case STARTS_READY: return *why = "roard went as soon as it had started", OPEN_NOW;
    case STARTS_ANOTHER: return *why = "roard, as somebody else has started it, is not ready", OPEN_LATER;
  }
  return *why = "roard does not start", OPEN_NEVER;
}

static enum opening try_open(const char *asked, struct followed *followed, const char **why) {
  *why = "roard hung up";
  followed->ring = -1;
  followed->daemon = daemon_connect(asked);
  if (followed->daemon < 0) return open_by_start(asked, why);
  if (daemon_ask(followed->daemon, ASK_OPEN, &followed->opened, &followed->ring) && followed->ring >= 0) return OPENED;
  close(followed->daemon);
  uint32_t answer = followed->opened.answer;
  *why = reason_of(answer);
  return answer == ANSWER_FULL || answer == ANSWER_NONE ? OPEN_LATER : OPEN_NEVER;
}

/*
 * A daemon that goes since nobody asks, at this very moment, hangs up; one that somebody else has just started takes its time on a busy machine; and places are
 * given back every moment. So it is asked for a while, which begins anew, once, when one's own is ready: that alone may have taken longer. `why`: the reason in words.
 */
bool daemon_open_run(const char *asked, struct followed *followed, const char **why) {
  enum { PATIENCE_MS = 10000, PATIENCE_FULL_MS = 1000 };
  uint64_t since = now_ms();
  for (bool started = false;;) {
    enum opening opening = try_open(asked, followed, why);
    if (opening == OPENED || opening == OPEN_NEVER) return opening == OPENED;
    if (opening == OPEN_NOW && !started) {
      started = true, since = now_ms();
      continue;
    }
    bool full = followed->daemon >= 0 && followed->opened.answer == ANSWER_FULL;
    if (now_ms() - since > (full ? PATIENCE_FULL_MS : PATIENCE_MS)) return false;
    nap();
  }
}
