// title: a mapping that is put in the place of another belongs to the other file
// files: big=hello
#include "case.h"

int main(void) {
  int one = must(open("a", O_RDONLY)), two = must(open("big", O_RDWR));
  char *at = mmap(NULL, 4096, PROT_READ, MAP_SHARED, one, 0);
  must_be(at != MAP_FAILED && at[0]);
  must_be(mmap(at, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, two, 0) == at);
  close(one);
  close(two);
  at[0] = 'j';
  must(mprotect(at, 4096, PROT_READ));
  must(munmap(at, 4096));
  expect("R a");
  expect("R big");
  expect("W big");
  job("in a");
  job("in big");
  job("out big");
}
