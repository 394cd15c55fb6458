// title: what a thread has written into an inherited file is told when another one calls first
#include "case.h"
#include <pthread.h>
#include <stdatomic.h>

static int log_fd;
static atomic_int written, left;

static void *work(void *unused) {
  must(write(log_fd, "one", 3));
  written = 1;
  while (!left) continue;
  return unused;
}

int main(void) {
  log_fd = must(open("log", O_WRONLY | O_CREAT | O_APPEND, 0644));
  pid_t child = must(fork());
  if (!child) {
    pthread_t thread;
    must(-pthread_create(&thread, NULL, work, NULL));
    while (!written) continue;
    must_fail(mkdir("a", 0755));
    left = 1;
    must(-pthread_join(thread, NULL));
    _exit(0);
  }
  must(waitpid(child, NULL, 0));
  expect("C log");
  expect_of(child, "W log");
  job("out log");
}
