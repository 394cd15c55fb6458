// title: calls behind a jump out of an interrupted read are seen as before
#include "case.h"
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>

static sigjmp_buf back;

static void jump(int number) { siglongjmp(back, number); }

int main(void) {
  int ends[2];
  volatile int rounds = 0;
  must(pipe(ends));
  must(sigaction(SIGALRM, &(struct sigaction){.sa_handler = jump}, NULL));
  /* More often than a library could have buffers to lose. */
  while (rounds++ < 40) {
    if (sigsetjmp(back, 1)) continue;
    must(setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 500}}, NULL));
    must(read(ends[0], text, 10));
  }
  must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
  must_be(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3) == 3);
  must(rename("b", "c"));
  expect("R a");
  expect("C n");
  expect("W n");
  expect("M b>c");
  job("in a");
  job("out n");
  job("out c");
  job("del b");
}
