// title: vfork and exec leave the parent's memory as it was
#include "case.h"

static pid_t start(char *const *argv) {
  pid_t child = vfork();
  if (child == 0) {
    execvp(argv[0], argv);
    _exit(96);
  }
  return must(child);
}

int main(void) {
  char mine[256];
  int numbers[2];
  memset(mine, 7, sizeof mine);
  numbers[0] = must(open("b", O_RDONLY));
  pid_t child = start((char *[]){"cat", "a", NULL});
  for (size_t i = 0; i < sizeof mine; i++) must_be(mine[i] == 7);
  reap(child);
  numbers[1] = must(open("b", O_RDONLY));
  must_be(numbers[1] == numbers[0] + 1 && read(numbers[0], text, 10) == 5);
  expect_of(child, "R a");
  expect("R b");
  job("in a");
  job("in b");
}
