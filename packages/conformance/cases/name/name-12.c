// title: writing through a symlink writes its target
// files: s->a
#include "case.h"

int main(void) {
  must(write(must(open("s", O_WRONLY)), "other", 5));
  expect("W a");
  job("out a");
  job("[name s>a]");
}
