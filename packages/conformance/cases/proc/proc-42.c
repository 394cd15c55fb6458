// title: calls work on a stack of a few kilobytes, as they do alone
#include "case.h"
#include <pthread.h>
#include <signal.h>
#include <ucontext.h>

static ucontext_t back, there;

static void work(void) {
  int fd = open("a", O_RDONLY);
  if (read(fd, text, 5) != 5) _exit(91);
  close(fd);
  fd = open("n", O_WRONLY | O_CREAT, 0644);
  if (write(fd, "new", 3) != 3) _exit(92);
  close(fd);
  if (rename("n", "m") || link("m", "l") || unlink("l") || symlink("m", "s") || truncate("m", 2)) _exit(93);
}

// A page that may not be touched lies below, as a library of fibres puts one.
int main(void) {
  long page = sysconf(_SC_PAGESIZE);
  char *low = mmap(NULL, page + 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must_be(low != MAP_FAILED);
  must(mprotect(low + page, 4096, PROT_READ | PROT_WRITE));
  must(getcontext(&there));
  there.uc_stack.ss_sp = low + page;
  there.uc_stack.ss_size = 4096;
  there.uc_link = &back;
  makecontext(&there, work, 0);
  must(swapcontext(&back, &there));
  expect("R a");
  expect("C n");
  expect("W n");
  expect("M n>m");
  expect("L m>l");
  expect("D l");
  expect("S s");
  expect("W m");
  job("in a");
  job("out m");
  job("[tmp n]");
  job("[tmp l]");
}
