// title: a thread that has taken its own copy of the descriptors has its own files behind the numbers
// owed: E=Y P=H T=Y
// flags: -pthread
// files: e=e
#include "case.h"
#include <pthread.h>
#include <sched.h>

static int number;
static pthread_barrier_t turn;

static void change_to(const char *path) {
  must(close(number));
  must_be(must(open(path, O_RDONLY)) == number);
}

static void *apart(void *unused) {
  must(unshare(CLONE_FILES));
  change_to("b");
  pthread_barrier_wait(&turn);
  pthread_barrier_wait(&turn);
  char here[8];
  must_be(read(number, here, 8) == 5 && here[0] == 'w');
  return unused;
}

int main(void) {
  pthread_t thread;
  number = must(open("e", O_RDONLY));
  must(-pthread_barrier_init(&turn, NULL, 2));
  must(-pthread_create(&thread, NULL, apart, NULL));
  pthread_barrier_wait(&turn);
  change_to("a");
  pthread_barrier_wait(&turn);
  must_be(read(number, text, 10) == 5 && text[0] == 'h');
  must(-pthread_join(thread, NULL));
  expect("R a");
  expect("R b");
  job("in a");
  job("in b");
}
