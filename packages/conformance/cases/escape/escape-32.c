// title: a program with the thread sanitizer starts and is seen, and so are its threads
// owed: E=Y P=H T=Y
// compiler: cc -fsanitize=thread -pthread
#include "case.h"
#include <pthread.h>

static void *reader(void *path) {
  char buffer[16];
  must(read(must(open(path, O_RDONLY)), buffer, 10));
  return NULL;
}

int main(void) {
  pthread_t one, other;
  pthread_create(&one, NULL, reader, "a");
  pthread_create(&other, NULL, reader, "b");
  pthread_join(one, NULL);
  pthread_join(other, NULL);
  expect("R a");
  expect("R b");
  job("in a");
  job("in b");
}
