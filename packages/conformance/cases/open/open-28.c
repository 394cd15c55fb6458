// title: nodes made by number are new files
#include "case.h"

int main(void) {
  must(syscall(SYS_mknodat, AT_FDCWD, "n", S_IFREG | 0644, 0));
  must(write(must(open("n", O_WRONLY)), "new", 3));
  expect("C n");
  expect("W n");
  job("out n");
}
