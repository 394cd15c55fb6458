// title: threads may have working directories of their own
// owed: E=Y P=H T=H
#include "case.h"
#include <pthread.h>
#include <sched.h>

static void *elsewhere(void *unused) {
  char mine[10];
  must(unshare(CLONE_FS));
  must(chdir("d"));
  must(read(must(open("x", O_RDONLY)), mine, 10));
  return unused;
}

int main(void) {
  pthread_t other;
  must(-pthread_create(&other, NULL, elsewhere, NULL));
  pthread_join(other, NULL);
  must(read(must(open("a", O_RDONLY)), text, 10));
  expect("R d/x");
  expect("R a");
  job("in d/x");
  job("in a");
}
