// title: a program with the undefined behaviour sanitizer starts and is seen
// owed: E=Y P=H T=Y
// compiler: cc -fsanitize=undefined
#include "case.h"

int main(void) {
  must(read(must(open("a", O_RDONLY)), text, 10));
  pid_t child = must(fork());
  if (child == 0) must(execl("/bin/cat", "cat", "b", NULL));
  reap(child);
  expect("R a");
  expect_of(child, "R b");
  job("in a");
  job("in b");
}
