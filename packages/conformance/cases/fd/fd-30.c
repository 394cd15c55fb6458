// title: a file that one process makes and sends to another is written by the one that writes it
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

/* A process without children, which has nobody to inherit its descriptors. */
static int send_and_wait(int socket) {
  char byte;
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  give(socket, fd);
  must_be(read(socket, &byte, 1) == 1);
  close(fd);
  return 0;
}

static int take_and_write(int socket) {
  int fd = take(socket);
  must_be(write(fd, "!", 1) == 1);
  close(fd);
  must_be(write(socket, "x", 1) == 1);
  return 0;
}

int main(void) {
  int ends[2];
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  pid_t sender = must(fork());
  if (sender == 0) return send_and_wait(ends[0]);
  pid_t writer = must(fork());
  if (writer == 0) return take_and_write(ends[1]);
  reap(sender);
  reap(writer);
  expect_of(sender, "C n");
  expect_of(writer, "W n");
  job("out n");
}
