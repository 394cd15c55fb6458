// title: a static 32-bit program
// owed: E=Y P=N T=Y
// gaps: foreign-architecture
// compiler: cc -m32 -static -idirafter /usr/include/x86_64-linux-gnu
#include "case.h"

int main(void) {
  must(read(must(open("a", O_RDONLY)), text, 10));
  must(write(must(open("n", O_WRONLY | O_CREAT, 0644)), text, 5));
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
