// title: a program in the kernel's strict mode may read and write what it has, and ends at any other call
// owed: E=Y P=H T=H
// gaps: own-sandbox
#include "case.h"
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>

static void enter(bool by_number) {
  if (by_number) must(syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, NULL));
  else must(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT));
}

static void work(bool by_number) {
  int in = must(open("a", O_RDONLY)), out = must(open(by_number ? "out1" : "out0", O_WRONLY | O_CREAT | O_TRUNC, 0644));
  enter(by_number);
  if (read(in, text, 5) == 5 && write(out, text, 5) == 5) syscall(SYS_exit, 3);
  syscall(SYS_exit, 4);
}

static void offend(bool by_number) {
  enter(by_number);
  syscall(SYS_getpid);
  syscall(SYS_exit, 0);
}

static pid_t started(void (*what)(bool), bool by_number) {
  pid_t child = must(fork());
  if (child == 0) what(by_number);
  return child;
}

static int end_of(pid_t child) {
  int status;
  must(waitpid(child, &status, 0));
  return status;
}

int main(void) {
  job("in a");
  job("out out0");
  job("out out1");
  for (int by_number = 0; by_number < 2; by_number++) {
    pid_t child = started(work, by_number);
    expect_of(child, "R a");
    expect_of(child, by_number ? "C out1" : "C out0");
    expect_of(child, by_number ? "W out1" : "W out0");
    int status = end_of(child);
    must_be(WIFEXITED(status) && WEXITSTATUS(status) == 3);
    status = end_of(started(offend, by_number));
    must_be(WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGSYS));
  }
}
