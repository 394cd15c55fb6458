// title: a number that is used again stands for the new file
#include "case.h"

int main(void) {
  int first = must(open("a", O_RDONLY));
  must(close(first));
  int second = must(open("b", O_RDONLY));
  must_be(second == first && read(second, text, 10) == 5);
  expect("R b");
  job("in b");
}
