// title: a vfork child that opens, copies and closes before it executes is seen, and its parent stays as it was
// files: o=
#include "case.h"

int main(void) {
  int kept = must(open("a", O_RDONLY));
  pid_t child = vfork();
  if (child == 0) {
    int in = open("b", O_RDONLY), out = open("n", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(in, 0);
    dup2(out, 1);
    close(in);
    close(out);
    close(kept);
    execlp("cat", "cat", NULL);
    _exit(127);
  }
  reap(child);
  must_be(read(kept, text, 5) == 5);
  expect("R a");
  expect_any("R b");
  expect_any("C n");
  expect_any("W n");
  job("in a");
  job("in b");
  job("out n");
}
