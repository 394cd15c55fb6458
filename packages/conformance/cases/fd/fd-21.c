// title: a file that a child puts behind a number known to its parent is the one that the parent reads
// owed: E=Y P=H T=Y
#include "case.h"
#include <sched.h>
#include <signal.h>

static char stack[65536] __attribute__((aligned(16)));
static int number;

static int exchange(void *unused) {
  (void)unused;
  must(close(number));
  _exit(open("b", O_RDONLY) == number ? 0 : 1);
}

int main(void) {
  number = must(open("a", O_RDONLY));
  must_be(read(number, text, 10) == 5);
  reap(must(clone(exchange, stack + sizeof stack, CLONE_FILES | SIGCHLD, NULL)));
  must_be(read(number, text, 10) == 5 && text[0] == 'w');
  expect("R a");
  expect("R b");
  job("in a");
  job("in b");
}
