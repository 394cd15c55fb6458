// title: a fork out of a signal handler in the middle of a call is followed
#include "case.h"
#include <signal.h>

static volatile pid_t child;

static void handle(int signal) {
  (void)signal;
  child = fork();
  if (child == 0) {
    int fd = open("n", O_WRONLY | O_CREAT, 0644);
    if (write(fd, "new", 3) != 3) _exit(1);
    _exit(0);
  }
}

int main(void) {
  int ends[2];
  must(pipe(ends));
  struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
  must(sigaction(SIGALRM, &action, NULL));
  int fd = must(open("a", O_RDONLY));
  alarm(1);
  while (!child) must_be(pread(fd, text, 5, 0) == 5);
  reap(child);
  expect("R a");
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("in a");
  job("out n");
}
