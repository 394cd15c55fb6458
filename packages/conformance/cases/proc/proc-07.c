// title: a fork in the middle of other threads' calls neither hangs nor loses what the child does
// flags: -pthread
#include "case.h"
#include <pthread.h>

static volatile int over;

static void *busy(void *unused) {
  char got[16];
  while (!over) {
    int fd = must(open("b", O_RDONLY));
    must_be(read(fd, got, 10) == 5);
    must(close(fd));
  }
  return unused;
}

int main(void) {
  pthread_t threads[4];
  alarm(50);
  for (int i = 0; i < 4; i++) must(-pthread_create(&threads[i], NULL, busy, NULL));
  for (int i = 0; i < 100; i++) {
    pid_t child = must(fork());
    if (child == 0) _exit(read(open("a", O_RDONLY), text, 10) == 5 ? 0 : 1);
    reap(child);
    expect_of(child, "R a");
  }
  over = 1;
  for (int i = 0; i < 4; i++) must(-pthread_join(threads[i], NULL));
  expect("[R b]");
  job("in a");
  job("[in b]");
}
