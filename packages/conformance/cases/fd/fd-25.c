// title: a thread that closes all descriptors of its own copy leaves those of the others
// owed: E=Y P=H T=Y
// flags: -pthread
#include "case.h"
#include <pthread.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

static void *apart(void *fd) {
  const unsigned unshare_first = 2;
  if (syscall(SYS_close_range, 3, ~0u, unshare_first) != 0) skip("close_range is not there (Linux 5.9)");
  must_be(must(open("b", O_RDONLY)) == *(int *)fd);
  char here[8];
  must_be(read(*(int *)fd, here, 8) == 5 && here[0] == 'w');
  return NULL;
}

int main(void) {
  pthread_t thread;
  int fd = must(open("a", O_RDONLY));
  must(-pthread_create(&thread, NULL, apart, &fd));
  must(-pthread_join(thread, NULL));
  must_be(read(fd, text, 10) == 5 && text[0] == 'h');
  expect("R a");
  expect("R b");
  job("in a");
  job("in b");
}
