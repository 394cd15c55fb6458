// title: descriptors that go to and fro between parent and child through sockets are known by their files
#include "case.h"
#include <sys/socket.h>

static void hand(int socket, const int *fds, int count) {
  char space[CMSG_SPACE(sizeof(int) * 4)] = {0};
  struct iovec part = {"x", 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = CMSG_SPACE(sizeof(int) * count)};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof(int) * count);
  memcpy(CMSG_DATA(head), fds, sizeof(int) * count);
  must(sendmsg(socket, &message, 0));
}

static void take(int socket, int *fds, int count) {
  char space[CMSG_SPACE(sizeof(int) * 4)], byte;
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  must(recvmsg(socket, &message, 0));
  memcpy(fds, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(int) * count);
}

// The numbers on both sides have stood for other files before.
int main(void) {
  int ends[2], fds[2];
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  pid_t child = must(fork());
  if (child == 0) {
    close(must(open("b", O_RDONLY)));
    take(ends[1], fds, 2);
    must_be(read(fds[0], text, 5) == 5);
    must_be(write(fds[1], "new", 3) == 3);
    close(fds[0]);
    int back[] = {must(open("d/x", O_RDONLY)), must(open("m", O_WRONLY | O_CREAT, 0644))};
    hand(ends[1], back, 2);
    _exit(0);
  }
  int to[] = {must(open("a", O_RDONLY)), must(open("n", O_WRONLY | O_CREAT, 0644))};
  hand(ends[0], to, 2);
  close(to[0]);
  close(to[1]);
  take(ends[0], fds, 2);
  must_be(read(fds[0], text, 1) == 1);
  must_be(write(fds[1], "new", 3) == 3);
  reap(child);
  expect_of(child, "R a");
  expect("C n");
  expect_of(child, "W n");
  expect("R d/x");
  expect_of(child, "C m");
  expect("W m");
  expect_of(child, "[W m]");
  job("in a");
  job("in d/x");
  job("out n");
  job("out m");
}
