// title: programs that are spawned by spawned programs have the parents that started them
#include "case.h"
#include <spawn.h>

extern char **environ;

static pid_t spawned(char *program, char *left) {
  char *words[] = {program, left, NULL};
  pid_t child;
  must_be(posix_spawn(&child, "/proc/self/exe", NULL, NULL, words, environ) == 0);
  born_of(child, getpid());
  return child;
}

static pid_t forked_true(void) {
  pid_t child = must(fork());
  if (child == 0) must(execl("/bin/true", "true", NULL));
  born_of(child, getpid());
  return child;
}

static pid_t vforked_true(void) {
  pid_t child = vfork();
  if (child == 0) {
    execl("/bin/true", "true", NULL);
    _exit(1);
  }
  born_of(must(child), getpid());
  return child;
}

static pid_t spawned_true(void) {
  char *words[] = {"true", NULL};
  pid_t child;
  must_be(posix_spawn(&child, "/bin/true", NULL, NULL, words, environ) == 0);
  born_of(child, getpid());
  return child;
}

/* The one between runs no program of its own, and starts another one before anything else. */
static void between(pid_t (*start)(void)) {
  pid_t child = must(fork());
  if (child == 0) {
    reap(start());
    must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
    expect("R a");
    _exit(0);
  }
  born_of(child, getpid());
  reap(child);
}

static void between_vfork(void) {
  char *words[] = {"true", NULL};
  pid_t inner = 0, child = vfork();
  if (child == 0) {
    if (posix_spawn(&inner, "/bin/true", NULL, NULL, words, environ) != 0) _exit(1);
    int status;
    waitpid(inner, &status, 0);
    _exit(0);
  }
  born_of(must(child), getpid());
  born_of(inner, child);
  ended_with(child, 0);
  reap(child);
}

int main(int argc, char **argv) {
  job("in a");
  char left[] = {(char)(argc > 1 ? argv[1][0] - 1 : '2'), 0};
  if (left[0] > '0') reap(spawned(argv[0], left));
  pid_t (*const ways[])(void) = {forked_true, vforked_true, spawned_true};
  for (int i = 0; i < 3; i++) {
    reap(ways[i]());
    between(ways[i]);
  }
  between_vfork();
}
