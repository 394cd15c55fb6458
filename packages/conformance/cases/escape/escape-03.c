// title: a program of another libc is seen where the library is made for that one too
// owed: E=Y P=H T=Y
// gaps: foreign-architecture
// compiler: musl-gcc
#include "case.h"

int main(void) {
  FILE *in = fopen("a", "r");
  must_be(fgets(text, sizeof text, in) != NULL);
  must(write(must(open("n", O_WRONLY | O_CREAT, 0644)), text, 5));
  must(rename("b", "c"));
  expect("R a");
  expect("C n");
  expect("W n");
  expect("M b>c");
  job("in a");
  job("out n");
  job("out c");
  job("del b");
}
