// title: a program linked statically reads behind every library
// owed: E=Y P=N T=Y
// gaps: static-binary
// compiler: cc -static
#include "case.h"

int main(void) {
  must(read(must(open("a", O_RDONLY)), text, 10));
  expect("R a");
  job("in a");
}
