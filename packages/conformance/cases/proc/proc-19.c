// title: a thread that is cancelled while it waits for input ends, and locks nothing up
// flags: -pthread
#include "case.h"
#include <pthread.h>

static int ends[2];

static void *wait_for_input(void *unused) {
  (void)unused;
  return (void *)(long)read(ends[0], text, 10);
}

int main(void) {
  void *result;
  pthread_t thread;
  alarm(50);
  must(pipe(ends));
  for (int i = 0; i < 5; i++) {
    must(-pthread_create(&thread, NULL, wait_for_input, NULL));
    usleep(2000);
    must(-pthread_cancel(thread));
    must(-pthread_join(thread, &result));
    must_be(result == PTHREAD_CANCELED);
  }
  must_be(write(ends[1], "input", 5) == 5);
  must(-pthread_create(&thread, NULL, wait_for_input, NULL));
  must(-pthread_join(thread, &result));
  must_be(result == (void *)5);
  must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
  expect("R a");
  job("in a");
}
