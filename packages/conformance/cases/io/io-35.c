// title: the length of a file can be changed while signals come all the time, as it can alone
#include <signal.h>
#include <sys/time.h>
#include "case.h"

static void ticked(int signal) { (void)signal; }

int main(void) {
  struct sigaction action = {.sa_handler = ticked};
  struct itimerval often = {{0, 150}, {0, 150}}, never = {{0, 0}, {0, 0}};
  int fd = must(open("n", O_RDWR | O_CREAT | O_EXCL, 0644));
  must(sigaction(SIGALRM, &action, NULL));
  must(setitimer(ITIMER_REAL, &often, NULL));
  for (int i = 1; i <= 1500; i++) must(ftruncate(fd, i));
  must(setitimer(ITIMER_REAL, &never, NULL));
  must(close(fd));
  expect("C n");
  expect("W n");
  job("out n");
}
