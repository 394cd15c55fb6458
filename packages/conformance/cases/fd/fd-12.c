// title: a child that shares the descriptors may open what its parent writes
// owed: E=Y P=H T=Y
#include "case.h"
#include <sched.h>
#include <signal.h>

static char stack[65536] __attribute__((aligned(16)));

/* Its memory is its own: the number comes back as the status. */
static int open_it(void *unused) {
  (void)unused;
  int opened = open("n", O_WRONLY | O_CREAT, 0644);
  _exit(opened < 0 ? 1 : opened);
}

int main(void) {
  pid_t child = must(clone(open_it, stack + sizeof stack, CLONE_FILES | SIGCHLD, NULL));
  int status;
  must(waitpid(child, &status, 0));
  must_be(WIFEXITED(status) && WEXITSTATUS(status) > 2);
  must_be(write(WEXITSTATUS(status), "new", 3) == 3);
  expect_of(child, "C n");
  expect("W n");
  job("out n");
}
