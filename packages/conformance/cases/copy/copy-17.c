// title: memory lent to a pipe, doubled and moved into two files is written to both
#include "case.h"
#include <sys/uio.h>

int main(void) {
  int first[2], second[2];
  must(pipe(first));
  must(pipe(second));
  struct iovec lent = {(char *)"lent", 4};
  must_be(vmsplice(first[1], &lent, 1, 0) == 4);
  must_be(tee(first[0], second[1], 4, 0) == 4);
  int n = must(open("n", O_WRONLY | O_CREAT, 0644)), m = must(open("m", O_WRONLY | O_CREAT, 0644));
  must_be(splice(first[0], NULL, n, NULL, 4, 0) == 4);
  must_be(splice(second[0], NULL, m, NULL, 4, SPLICE_F_MOVE) == 4);
  expect("C n");
  expect("W n");
  expect("C m");
  expect("W m");
  job("out n");
  job("out m");
}
