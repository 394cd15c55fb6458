// title: a program that vfork and exec started just before the end is waited for, or named as still running
#include "case.h"

int main(void) {
  int nothing = must(open("/dev/null", O_RDWR));
  pid_t child = vfork();
  if (child == 0) {
    for (int fd = 0; fd < 3; fd++) dup2(nothing, fd);
    execlp("sleep", "sleep", "1", NULL);
    _exit(96);
  }
  must(child);
  still(child);
  job("none");
  _exit(0);
}
