// title: a program that a thread executes goes on as the same process
// flags: -pthread
#include "case.h"
#include <pthread.h>

static void *go(void *name) {
  must_be(read(must(open("a", O_RDONLY | O_CLOEXEC)), text, 10) == 5);
  must(execl("/proc/self/exe", name, "again", NULL));
  return NULL;
}

int main(int argc, char **argv) {
  pthread_t thread;
  if (argc == 1) {
    expect("R a");
    must(-pthread_create(&thread, NULL, go, argv[0]));
    for (;;) pause();
  }
  must_be(read(must(open("b", O_RDONLY)), text, 10) == 5);
  expect("R b");
  job("in a");
  job("in b");
}
