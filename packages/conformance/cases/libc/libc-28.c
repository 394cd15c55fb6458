// title: a stream that is opened for reading and not read is no input
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "r");
  must_be(stream);
  must(fclose(stream));
  must_be(!fopen("b", "wx"));
  job("none");
}
