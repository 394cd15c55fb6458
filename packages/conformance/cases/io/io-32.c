// title: what a thread has read is read, although another one has closed a file that it moved about in
// flags: -pthread
#include <pthread.h>
#include "case.h"

static int large, small;
static pthread_barrier_t turn;

static void *reads_small(void *unused) {
  must(read(small, text, 2));
  pthread_barrier_wait(&turn);
  pthread_barrier_wait(&turn);
  must(close(small));
  return unused;
}

int main(void) {
  pthread_t other;
  large = must(open("n", O_RDWR | O_CREAT, 0666));
  must_be(write(large, "a file of its own", 17) == 17);
  must(close(large));
  large = must(open("n", O_RDONLY));
  small = must(open("a", O_RDONLY));
  pthread_barrier_init(&turn, NULL, 2);
  must_be(!pthread_create(&other, NULL, reads_small, NULL));
  pthread_barrier_wait(&turn);
  must(lseek(large, 0, SEEK_END));
  must(close(large));
  pthread_barrier_wait(&turn);
  must_be(!pthread_join(other, NULL));
  expect("C n");
  expect("W n");
  expect("[R n]");
  expect("R a");
  job("in a");
  job("out n");
  job("[int n]");
}
