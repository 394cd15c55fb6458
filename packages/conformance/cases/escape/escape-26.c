// title: who has lowered the effective user starts programs whose loader distrusts the environment
// owed: E=Y P=N T=Y
// gaps: set-id
// needs: root
#include "case.h"
#include "privileged.h"

int main(void) {
  pid_t child = must(fork());
  if (child == 0) {
    must(seteuid(NOBODY));
    must(execl("/bin/cat", "cat", "a", NULL));
  }
  reap(child);
  expect_of(child, "R a");
  job("in a");
}
