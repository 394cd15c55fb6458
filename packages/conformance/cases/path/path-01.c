// title: a name is bytes: neither text nor a line
#include "case.h"

int main(void) {
  int fd = must(open("n\xff\xfe\nx", O_WRONLY | O_CREAT, 0666));
  must(write(fd, "new", 3));
  expect("C n\\xff\\xfe\\x0ax");
  expect("W n\\xff\\xfe\\x0ax");
  job("out n\\xff\\xfe\\x0ax");
}
