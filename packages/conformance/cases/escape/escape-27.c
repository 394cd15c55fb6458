// title: a program that changes from root to another user is privileged too
// owed: E=Y P=N T=Y
// gaps: set-id
// needs: root
#include "case.h"
#include "privileged.h"

int main(void) {
  copy_program("/bin/cat", "p");
  must(chown("p", NOBODY, 0));
  must(chmod("p", 04755));
  expect("C p");
  expect("W p");
  expect("X p");
  expect("R p");
  expect("R a");
  job("in a");
  job("out p");
  job("int p");
  must(execl("./p", "p", "a", NULL));
}
