// title: a descriptor that came through a socket is known by its file
#include "case.h"
#include <sys/socket.h>

union room {
  char bytes[CMSG_SPACE(sizeof(int))];
  struct cmsghdr align;
};

static void give(int socket, int fd) {
  union room room = {{0}};
  struct iovec one = {"x", 1};
  struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1, .msg_control = &room, .msg_controllen = sizeof room};
  struct cmsghdr *control = CMSG_FIRSTHDR(&message);
  control->cmsg_level = SOL_SOCKET;
  control->cmsg_type = SCM_RIGHTS;
  control->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(control), &fd, sizeof fd);
  must_be(sendmsg(socket, &message, 0) == 1);
}

static int take(int socket) {
  union room room;
  char byte;
  int fd;
  struct iovec one = {&byte, 1};
  struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1, .msg_control = &room, .msg_controllen = sizeof room};
  must_be(recvmsg(socket, &message, 0) == 1 && CMSG_FIRSTHDR(&message));
  memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
  return fd;
}

int main(void) {
  int ends[2];
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  pid_t child = must(fork());
  if (child == 0) {
    /* The number is one that the receiver knows for another file. */
    int other = must(open("b", O_RDONLY));
    must(close(other));
    int fd = take(ends[1]);
    must_be(fd == other && read(fd, text, 10) == 5);
    return 0;
  }
  give(ends[0], must(open("a", O_RDONLY)));
  reap(child);
  expect_of(child, "R a");
  job("in a");
}
