// title: a file that is read by one name and written by another is one file
// files: h=old
#include "case.h"

int main(void) {
  must(unlink("h"));
  expect("D h");
  must(link("a", "h"));
  expect("L a>h");
  must(read(must(open("a", O_RDONLY)), text, 5));
  must(write(must(open("h", O_WRONLY)), "other", 5));
  expect("R a");
  expect("W h");
  job("in a");
  job("out a");
  job("name h>a");
  job("[del h]");
}
