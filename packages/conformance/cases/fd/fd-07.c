// title: a file that the command is given as standard output is written by whoever writes it
// stdout: n
#include "case.h"

int main(void) {
  must_be(write(1, "new", 3) == 3);
  expect("W n");
  job("out n");
}
