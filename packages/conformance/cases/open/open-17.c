// title: dots are resolved
#include "case.h"

int main(void) {
  must(read(must(open("./d/../a", O_RDONLY)), text, 10));
  expect("R a");
  job("in a");
}
