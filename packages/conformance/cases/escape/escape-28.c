// title: a set-group-id program reads what its caller may not
// owed: E=Y P=N T=N
// gaps: set-id
// needs: root
#include "case.h"
#include "privileged.h"

int main(void) {
  copy_program("/bin/cat", "p");
  must(chmod("p", 02755));
  must(chmod("a", 0040));
  pid_t child = must(fork());
  if (child == 0) {
    become_nobody();
    must(execl("./p", "p", "a", NULL));
  }
  reap(child);
  expect("C p");
  expect("W p");
  expect_of(child, "X p");
  expect_of(child, "R p");
  expect_of(child, "R a");
  job("in a");
  job("out p");
  job("int p");
}
