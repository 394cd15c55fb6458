// title: a program whose children end all the time can fork, as it does alone
#include <signal.h>
#include "case.h"

static void ended(int signal) { (void)signal; }

int main(void) {
  struct sigaction action = {.sa_handler = ended};
  must(sigaction(SIGCHLD, &action, NULL));
  for (int i = 0; i < 1500; i++) {
    pid_t child = must(fork());
    if (!child) _exit(0);
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
  }
  while (wait(NULL) > 0 || errno == EINTR) continue;
  int fd = must(open("a", O_RDONLY));
  must(read(fd, text, 1));
  expect("R a");
  job("in a");
}
