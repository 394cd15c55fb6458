// title: an inherited file that nobody reads is no input
// stdin: a
#include "case.h"

int main(void) {
  must_be(lseek(0, 2, SEEK_SET) == 2);
  pid_t child = must(fork());
  if (child == 0) return fcntl(0, F_GETFL) >= 0 ? 0 : 1;
  reap(child);
  job("none");
}
