// title: a file that is called "x (deleted)" is not a deleted file
#include "case.h"

int main(void) {
  must(write(must(open("x (deleted)", O_WRONLY | O_CREAT, 0666)), "new", 3));
  expect("C x\\x20(deleted)");
  expect("W x\\x20(deleted)");
  job("out x\\x20(deleted)");
}
