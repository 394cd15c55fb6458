// title: a handler that a program has registered for its end may write, and end it with another status
#include "case.h"

static void at_last(void) {
  int fd = open("n", O_WRONLY | O_CREAT, 0644);
  if (fd < 0 || write(fd, "new", 3) != 3) _exit(97);
  close(fd);
  _exit(7);
}

int main(int argc, char **argv) {
  if (argc > 1) {
    atexit(at_last);
    return 3;
  }
  pid_t child = must(fork());
  if (child == 0) must(execl("/proc/self/exe", argv[0], "end", NULL));
  int status;
  must(waitpid(child, &status, 0));
  must_be(WEXITSTATUS(status) == 7);
  ended_with(child, 7);
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("out n");
}
