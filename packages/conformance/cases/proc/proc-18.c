// title: a signal handler that writes files ten thousand times a second disturbs no call that it interrupts
#include "case.h"
#include <signal.h>
#include <sys/time.h>

static volatile int fired;
static const struct itimerval often = {{0, 100}, {0, 100}}, never;

static void write_more(int number) {
  int kept = errno, fd = open("n", O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (fd < 0 || write(fd, "x", 1) != 1 || close(fd) != 0) _exit(95);
  fired += number == SIGALRM;
  /* Under a tracer that takes longer than the timer nothing but this handler would ever run. */
  if (fired >= 200 && setitimer(ITIMER_REAL, &never, NULL) < 0) _exit(96);
  errno = kept;
}

int main(void) {
  must(sigaction(SIGALRM, &(struct sigaction){.sa_handler = write_more, .sa_flags = SA_RESTART}, NULL));
  must(setitimer(ITIMER_REAL, &often, NULL));
  do {
    int fd = must(open("a", O_RDONLY));
    errno = 4242;
    for (int i = 0; i < 50; i++) must_be(pread(fd, text, 10, 0) == 5 && errno == 4242);
    must(close(fd));
  } while (fired < 200);
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
