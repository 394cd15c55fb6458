// title: what handlers around a fork open is opened by parent and child
#include "case.h"
#include <pthread.h>

static void before(void) { must(read(must(open("a", O_RDONLY)), text, 5)); }
static void in_parent(void) { must(write(must(open("p", O_WRONLY | O_CREAT, 0644)), "p", 1)); }
static void in_child(void) { must(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "n", 1)); }

int main(void) {
  pthread_atfork(before, in_parent, in_child);
  pid_t child = must(fork());
  if (child == 0) _exit(0);
  reap(child);
  expect("R a");
  expect("C p");
  expect("W p");
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("in a");
  job("out p");
  job("out n");
}
