// title: a program started by an instruction of its own starts unseen
// owed: E=Y P=N T=Y
// gaps: direct-syscall
#include "case.h"
#include "raw.h"

int main(void) {
  char *words[] = {"cat", "a", NULL}, *nothing[] = {NULL};
  expect("R a");
  job("in a");
  must(raw_call(SYS_execve, (long)"/bin/cat", (long)words, (long)nothing));
}
