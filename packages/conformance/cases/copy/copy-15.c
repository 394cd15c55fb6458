// title: sendfile past the end reads and writes nothing new
#include "case.h"
#include <sys/sendfile.h>

int main(void) {
  off_t at = 100;
  must_be(sendfile(must(open("n", O_WRONLY | O_CREAT, 0644)), must(open("a", O_RDONLY)), &at, 100) == 0);
  expect("[R a]");
  expect("C n");
  job("[in a]");
  job("out n");
}
