// title: a library is an input of a program that is killed behind it, and so is a file that cannot be loaded
// library: libcase.so
#ifdef LIBRARY
int answer(void) { return 42; }
#else
#include "case.h"
#include <dlfcn.h>
#include <signal.h>

int main(void) {
  int status;
  pid_t child = must(fork());
  if (child == 0) {
    must_be(dlopen("./libcase.so", RTLD_NOW));
    must_be(!dlopen("./a", RTLD_NOW));
    must_be(!dlopen("./absent.so", RTLD_NOW));
    kill(getpid(), SIGKILL);
  }
  must(waitpid(child, &status, 0));
  expect_of(child, "R libcase.so");
  expect_of(child, "R a");
  job("in libcase.so");
  job("in a");
}
#endif
