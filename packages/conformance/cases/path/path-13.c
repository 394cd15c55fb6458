// title: a path that another thread changes while it is opened is the file that was opened
// owed: E=Y P=H T=H
#include "case.h"
#include <pthread.h>
#include <stdatomic.h>

static atomic_int done;
static volatile char name[2] = "a";

static void *change(void *unused) {
  while (!done) *name = *name == 'a' ? 'b' : 'a';
  return unused;
}

int main(void) {
  pthread_t changer;
  int read_a = 0, read_b = 0;
  must(-pthread_create(&changer, NULL, change, NULL));
  for (int i = 0; i < 500 && (i < 30 || !read_a || !read_b); i++) {
    int fd = must(open((const char *)name, O_RDONLY));
    must(read(fd, text, 5));
    close(fd);
    *(*text == 'h' ? &read_a : &read_b) = 1;
  }
  done = 1;
  pthread_join(changer, NULL);
  if (read_a) expect("R a"), job("in a");
  if (read_b) expect("R b"), job("in b");
}
