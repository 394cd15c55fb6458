// title: a relative path is resolved when the kernel does it, not before
// owed: E=Y P=H T=H
// files: p/ p/x=from-p q/ q/x=from-q
#include "case.h"
#include <pthread.h>
#include <stdatomic.h>

static atomic_int done;
static int base_p, base_q;

static void *wander(void *unused) {
  while (!done) {
    must(fchdir(base_p));
    must(fchdir(base_q));
  }
  return unused;
}

int main(void) {
  pthread_t wanderer;
  int from_p = 0, from_q = 0;
  base_p = must(open("p", O_RDONLY | O_DIRECTORY));
  base_q = must(open("q", O_RDONLY | O_DIRECTORY));
  must(fchdir(base_p));
  must(-pthread_create(&wanderer, NULL, wander, NULL));
  for (int i = 0; i < 300 && (i < 30 || !from_p || !from_q); i++) {
    int fd = must(open("x", O_RDONLY));
    must_be(read(fd, text, 6) == 6);
    close(fd);
    *(text[5] == 'p' ? &from_p : &from_q) = 1;
  }
  done = 1;
  pthread_join(wanderer, NULL);
  if (from_p) expect("R p/x"), job("in p/x");
  if (from_q) expect("R q/x"), job("in q/x");
}
