// title: a stream over an inherited standard output writes its file
// stdout: n
#include "case.h"

int main(void) {
  must_be(printf("new") == 3);
  expect("W n");
  job("out n");
}
