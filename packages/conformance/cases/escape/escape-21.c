// title: an environment that is none is repaired in every way of starting
#include "case.h"
#include <spawn.h>

static char *words[] = {"cat", "a", NULL};
static char *nothing[] = {NULL};

static void in_child(int way) {
  pid_t child = must(fork());
  if (child == 0) {
    if (way == 0) execle("/bin/cat", "cat", "a", NULL, nothing);
    if (way == 1) execve("/bin/cat", words, nothing);
    if (way == 2) execve("/bin/cat", words, NULL);
    if (way == 3) execvpe("cat", words, nothing);
    if (way == 4) fexecve(open("/bin/cat", O_RDONLY | O_CLOEXEC), words, nothing);
    _exit(1);
  }
  reap(child);
  expect_of(child, "R a");
}

int main(void) {
  for (int way = 0; way < 5; way++) in_child(way);
  pid_t child;
  must_be(posix_spawn(&child, "/bin/cat", NULL, NULL, words, nothing) == 0);
  reap(child);
  expect_of(child, "R a");
  job("in a");
}
