// title: what threads open is read by their process
// flags: -pthread
#include "case.h"
#include <pthread.h>

static void *work(void *number) {
  char name[] = "f0", got[16];
  name[1] = (char)('0' + (long)number);
  int fd = must(open(name, O_RDWR | O_CREAT, 0644));
  must_be(write(fd, "new", 3) == 3 && pread(fd, got, 10, 0) == 3);
  must(close(fd));
  return NULL;
}

int main(void) {
  pthread_t threads[8];
  for (long i = 0; i < 8; i++) must(-pthread_create(&threads[i], NULL, work, (void *)i));
  for (int i = 0; i < 8; i++) {
    must(-pthread_join(threads[i], NULL));
    for (const char *fact = "CWR"; *fact; fact++) SAY("%d %c f%d\n", (int)getpid(), *fact, i);
    SAY("job out f%d\njob int f%d\n", i, i);
  }
}
