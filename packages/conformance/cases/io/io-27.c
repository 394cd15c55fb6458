// title: a write past the size limit writes nothing
#include "case.h"
#include <signal.h>
#include <sys/resource.h>

int main(void) {
  const struct rlimit limit = {65536, 65536};
  int fd = must(open("a", O_WRONLY));
  job("none");
  signal(SIGXFSZ, SIG_IGN);
  must(setrlimit(RLIMIT_FSIZE, &limit));
  must_fail(pwrite(fd, "x", 1, 1 << 20));
}
