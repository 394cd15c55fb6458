// title: a made node that is a plain file is a new file
#include "case.h"

int main(void) {
  must(mknod("n", S_IFREG | 0644, 0));
  must(write(must(open("n", O_WRONLY)), "new", 3));
  expect("C n");
  expect("W n");
  job("out n");
}
