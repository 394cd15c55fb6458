// title: a 32-bit program finds no library for it
// owed: E=Y P=H T=Y
// gaps: foreign-architecture
// compiler: cc -m32 -idirafter /usr/include/x86_64-linux-gnu
#include "case.h"

int main(void) {
  must(read(must(open("a", O_RDONLY)), text, 10));
  expect("R a");
  job("in a");
}
