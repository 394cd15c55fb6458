// title: a program started through syscall() with an empty environment
// owed: E=Y P=H T=Y
// gaps: direct-syscall
#include "case.h"

int main(void) {
  char *words[] = {"cat", "a", NULL}, *nothing[] = {NULL};
  expect("R a");
  job("in a");
  must(syscall(SYS_execve, "/bin/cat", words, nothing));
}
