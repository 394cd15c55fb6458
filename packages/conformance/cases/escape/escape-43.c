// title: a program whose own instructions only wait hides nothing: OpenMP's libraries have such
#include "case.h"
#include "raw.h"
#include <linux/futex.h>

int main(void) {
  static int word;
  raw_call(SYS_futex, (long)&word, FUTEX_WAKE, 1);
  expect("R a");
  job("in a");
  char byte;
  int fd = must(open("a", O_RDONLY));
  must(read(fd, &byte, 1));
  must(close(fd));
}
