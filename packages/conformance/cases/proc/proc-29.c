// title: a child that was forked just before the end and has done nothing yet is waited for, or named as still running
#include "case.h"

int main(void) {
  int nothing = must(open("/dev/null", O_RDWR));
  for (int fd = 0; fd < 3; fd++) must(dup2(nothing, fd));
  pid_t child = must(fork());
  if (child == 0) {
    /* Nothing that a library could see: sleeping touches no file. */
    sleep(1);
    _exit(0);
  }
  still(child);
  job("none");
  _exit(0);
}
