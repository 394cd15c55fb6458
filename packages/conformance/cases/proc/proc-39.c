// title: a program that returns from its main ends with what it returned, as one that calls exit does
#include "case.h"
#include <err.h>

static const int ways = 5;

static int end(int way) {
  if (way == 1) exit(4);
  if (way == 2) _exit(5);
  if (way == 3) quick_exit(6);
  if (way == 4) errx(7, "on purpose");
  return 3;
}

int main(int argc, char **argv) {
  if (argc > 1) return end(atoi(argv[1]));
  for (int way = 0; way < ways; way++) {
    char word[] = {(char)('0' + way), 0};
    pid_t child = must(fork());
    if (child == 0) must(execl("/proc/self/exe", argv[0], word, NULL));
    int status;
    must(waitpid(child, &status, 0));
    must_be(WEXITSTATUS(status) == 3 + way);
    ended_with(child, 3 + way);
    born_of(child, getpid());
  }
}
