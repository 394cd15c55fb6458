// title: a file made anew under an old name is not the old file
#include "case.h"

int main(void) {
  must(unlink("a"));
  must(write(must(open("a", O_WRONLY | O_CREAT | O_EXCL, 0644)), "other", 5));
  expect("D a");
  expect("C a");
  expect("W a");
  job("out a");
}
