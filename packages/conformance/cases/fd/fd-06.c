// title: a file that the command is given as standard input is read by whoever reads it
// stdin: a
#include "case.h"

int main(void) {
  must_be(read(0, text, 10) == 5);
  expect("R a");
  job("in a");
}
