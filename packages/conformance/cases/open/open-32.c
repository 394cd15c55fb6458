// title: four threads make, copy, rename and close files while others stay open: numbers of descriptors come again all the time
#include "case.h"
#include <pthread.h>

enum { THREADS = 4, EACH = 12, KEPT = 40 };

static void made(const char *name, const char *moved) {
  char line[128];
  snprintf(line, sizeof line, "C %s", name);
  expect(line);
  snprintf(line, sizeof line, "W %s", name);
  expect(line);
  snprintf(line, sizeof line, "M %s>%s", name, moved ? moved : "");
  if (moved) expect(line);
  snprintf(line, sizeof line, "tmp %s", name);
  if (moved) job(line);
  snprintf(line, sizeof line, "out %s", moved ? moved : name);
  job(line);
}

static void *work(void *number) {
  char name[64], to[64];
  for (int i = 0; i < EACH; i++) {
    snprintf(name, sizeof name, "t%ld-%d", (long)number, i);
    int fd = must(open(name, O_WRONLY | O_CREAT | (i % 3 ? O_TRUNC : O_EXCL), 0644));
    if (i % 4 == 1) {
      int copy = must(dup(fd));
      must(close(fd));
      fd = copy;
    }
    must(write(fd, "x", 1));
    snprintf(to, sizeof to, "r%ld-%d", (long)number, i);
    if (i % 5 == 2) must(rename(name, to));
    must(close(fd));
    made(name, i % 5 == 2 ? to : NULL);
  }
  return NULL;
}

int main(void) {
  pthread_t threads[THREADS];
  char name[64];
  for (int i = 0; i < KEPT; i++) {
    snprintf(name, sizeof name, "kept-%d", i);
    must(write(must(open(name, O_WRONLY | O_CREAT | O_EXCL, 0644)), "k", 1));
    made(name, NULL);
  }
  for (long i = 0; i < THREADS; i++) must(-pthread_create(&threads[i], NULL, work, (void *)i));
  for (int i = 0; i < THREADS; i++) must(-pthread_join(threads[i], NULL));
}
