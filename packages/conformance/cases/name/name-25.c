// title: a rename between two names of one file does nothing
#include "case.h"

int main(void) {
  must(link("a", "h"));
  must(rename("a", "h"));
  must(rename("b", "b"));
  expect("L a>h");
  job("[name h>a]");
}
