// title: a new file is an output even when it stays empty
#include "case.h"

int main(void) {
  close(must(open("n", O_WRONLY | O_CREAT, 0644)));
  expect("C n");
  job("out n");
}
