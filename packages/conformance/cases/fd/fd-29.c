// title: a file that is only held by a message on its way is known when it arrives in another process
#include "case.h"
#include <sys/socket.h>

static void hand(int socket, int fd) {
  char space[CMSG_SPACE(sizeof fd)] = {0};
  struct iovec part = {"x", 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET, head->cmsg_type = SCM_RIGHTS, head->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(head), &fd, sizeof fd);
  must(sendmsg(socket, &message, 0));
}

// The sender has ended, and the name has gone, before it is taken.
int main(void) {
  int ends[2];
  must(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends));
  pid_t child = must(fork());
  if (child == 0) {
    hand(ends[1], open("a", O_RDONLY));
    hand(ends[1], open("n", O_WRONLY | O_CREAT, 0644));
    rename("n", "m");
    _exit(0);
  }
  reap(child);
  char space[CMSG_SPACE(sizeof(int))], byte;
  struct iovec part = {&byte, 1};
  int got[2];
  for (int i = 0; i < 2; i++) {
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    must(recvmsg(ends[0], &message, MSG_CMSG_CLOEXEC));
    memcpy(&got[i], CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(int));
  }
  must_be(read(got[0], text, 5) == 5);
  must_be(write(got[1], "new", 3) == 3);
  expect("R a");
  expect_of(child, "C n");
  expect_of(child, "M n>m");
  expect("W m");
  job("in a");
  job("out m");
  job("[tmp n]");
}
