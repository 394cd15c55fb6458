// title: a stream on a descriptor writes the file behind it
#include "case.h"

int main(void) {
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  FILE *stream = fdopen(fd, "w");
  must_be(stream && fprintf(stream, "%d\n", 7) == 2);
  must(fclose(stream));
  expect("C n");
  expect("W n");
  job("out n");
}
