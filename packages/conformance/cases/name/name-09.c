// title: two hard links are one content
#include "case.h"

int main(void) {
  must(link("a", "h"));
  must(write(must(open("h", O_WRONLY)), "other", 5));
  expect("L a>h");
  expect("W h");
  job("out a");
  job("name h>a");
}
