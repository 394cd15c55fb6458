// title: a handler on the smallest stack that signals may have reads, writes and renames
// flags: -Wl,-z,now
#include "case.h"
#include <signal.h>
#include <sys/auxv.h>

static volatile sig_atomic_t failed;

static void handle(int signal) {
  (void)signal;
  int fd = open("a", O_RDONLY);
  if (read(fd, text, 5) != 5) failed = 1;
  close(fd);
  fd = open("n", O_WRONLY | O_CREAT, 0644);
  if (write(fd, "new", 3) != 3 || close(fd) || rename("n", "m")) failed = 2;
}

int main(void) {
  size_t size = getauxval(51 /* AT_MINSIGSTKSZ */);
  if (size < 2048) size = 2048;
  size += 2048;
  long page = sysconf(_SC_PAGESIZE);
  size_t whole = (size + page - 1) / page * page;
  char *low = mmap(NULL, page + whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must_be(low != MAP_FAILED);
  must(mprotect(low + page, whole, PROT_READ | PROT_WRITE));
  stack_t stack = {.ss_sp = low + page, .ss_size = size};
  must(sigaltstack(&stack, NULL));
  struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
  must(sigaction(SIGUSR1, &action, NULL));
  must(raise(SIGUSR1));
  must_be(failed == 0);
  expect("R a");
  expect("C n");
  expect("W n");
  expect("M n>m");
  job("in a");
  job("out m");
  job("[tmp n]");
}
