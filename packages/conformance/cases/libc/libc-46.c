// title: a stream that is closed by its number keeps what it flushed
#include "case.h"

int main(void) {
  FILE *stream = fopen("n", "w");
  setvbuf(stream, NULL, _IONBF, 0);
  must_be(fputc('n', stream) == 'n');
  must(close(fileno(stream)));
  expect("C n");
  expect("W n");
  job("out n");
  _exit(0);
}
