// title: a program that supervises its child by a notifying filter works as it does alone
// owed: E=Y P=H T=H
// gaps: own-sandbox
#include "case.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

static int told[2];

static int listener(void) {
  struct sock_filter ask[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpriority, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof ask / sizeof *ask, ask};
  must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void child(void) {
  int fd = listener();
  must(write(told[1], &fd, sizeof fd));
  if (fd < 0) _exit(77);
  must_be(syscall(SYS_getpriority, 0, 0) == 17);
  must(read(must(open("a", O_RDONLY)), text, 5));
  _exit(0);
}

int main(void) {
  int fd = -1;
  must(pipe(told));
  pid_t pid = must(fork());
  if (pid == 0) child();
  must_be(read(told[0], &fd, sizeof fd) == sizeof fd);
  if (fd < 0) skip("no notifying filter can be installed here");
  int process = must((int)syscall(SYS_pidfd_open, pid, 0));
  int questions = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
  if (questions < 0) skip("a child's descriptor may not be taken here");
  struct seccomp_notif asked = {0};
  must(ioctl(questions, SECCOMP_IOCTL_NOTIF_RECV, &asked));
  struct seccomp_notif_resp answer = {.id = asked.id, .val = 17};
  must(ioctl(questions, SECCOMP_IOCTL_NOTIF_SEND, &answer));
  expect_of(pid, "R a");
  job("in a");
  reap(pid);
}
