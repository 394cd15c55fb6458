// title: semaphores and queues that have names leave no output
#include "case.h"
#include <mqueue.h>
#include <semaphore.h>

int main(void) {
  char name[64];
  snprintf(name, sizeof name, "/roar-case-%d", getpid());
  sem_t *one = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
  if (one == SEM_FAILED) skip("no semaphore can be made here");
  must(sem_wait(one));
  must(sem_post(one));
  must(sem_close(one));
  must(sem_unlink(name));
  mqd_t queue = mq_open(name, O_CREAT | O_RDWR, 0600, NULL);
  if (queue != (mqd_t)-1) {
    must(mq_send(queue, "hi", 2, 0));
    must(mq_close(queue));
    must(mq_unlink(name));
  }
  must(read(must(open("a", O_RDONLY)), text, 5));
  expect("R a");
  job("in a");
}
