// title: a program may block SIGSYS, handle it, and send it
#include "case.h"
#include <signal.h>

static volatile int handled;
static void count(int number) { handled += number == SIGSYS; }

int main(void) {
  struct sigaction action = {.sa_handler = count};
  sigset_t only;
  must(sigaction(SIGSYS, &action, NULL));
  must(raise(SIGSYS));
  must_be(handled == 1);
  sigemptyset(&only);
  sigaddset(&only, SIGSYS);
  must(sigprocmask(SIG_BLOCK, &only, NULL));
  must(raise(SIGSYS));
  must(read(must(open("a", O_RDONLY)), text, 10));
  must_be(handled == 1);
  must(sigprocmask(SIG_UNBLOCK, &only, NULL));
  must_be(handled == 2);
  expect("R a");
  job("in a");
}
