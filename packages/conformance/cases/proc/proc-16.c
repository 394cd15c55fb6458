// title: however a process ends, what it wrote is written
#include "case.h"
#include <signal.h>
#include <sys/resource.h>

static void leave(void) { _exit(3); }
static void fault(void) { *(volatile int *)8 = 1; }
static void by_number(void) { syscall(SYS_exit_group, 3); }

static void written_until(void (*end)(void), const char *name, int signal) {
  int status;
  pid_t child = must(fork());
  if (child == 0) {
    must_be(write(must(open(name, O_WRONLY | O_CREAT, 0644)), "new", 3) == 3);
    end();
  }
  must(waitpid(child, &status, 0));
  must_be(signal ? WIFSIGNALED(status) && WTERMSIG(status) == signal : WIFEXITED(status) && WEXITSTATUS(status) == 3);
  SAY("%d C %s\n%d W %s\njob out %s\n", (int)child, name, (int)child, name, name);
}

int main(void) {
  must(setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}));
  written_until(leave, "n", 0);
  written_until(abort, "o", SIGABRT);
  written_until(fault, "p", SIGSEGV);
  written_until(by_number, "q", 0);
}
