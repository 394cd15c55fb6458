// title: a file made through a dangling symlink has the name that it points to
// files: s->n
#include "case.h"

int main(void) {
  must(write(must(open("s", O_WRONLY | O_CREAT, 0644)), "new", 3));
  expect("C n");
  expect("W n");
  job("out n");
  job("name s>n");
}
