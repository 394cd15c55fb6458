// title: a program that may write only small files fails as it does alone
#include "case.h"
#include <signal.h>
#include <sys/resource.h>

int main(int argc, char **argv) {
  char much[64] = "";
  if (argc == 1) {
    /* What the case says about itself is written under the limit too. */
    expect("C n");
    expect("W n");
    job("out n");
    must(setrlimit(RLIMIT_FSIZE, &(struct rlimit){16, 16}));
    must_be(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    must(execl("/proc/self/exe", argv[0], "again", NULL));
  }
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(write(fd, much, sizeof much) == 16);
  must_fail(write(fd, much, 1));
  must_be(errno == EFBIG);
  must_be(signal(SIGXFSZ, SIG_DFL) == SIG_IGN);
  pid_t child = must(fork());
  if (child == 0) _exit(write(fd, much, 1) == 1 ? 0 : 1);
  int status;
  must(waitpid(child, &status, 0));
  must_be(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);
}
