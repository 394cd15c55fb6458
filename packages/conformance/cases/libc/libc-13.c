// title: tmpfile leaves nothing
#include "case.h"

int main(void) {
  FILE *stream = tmpfile();
  must_be(stream && fputs("gone", stream) >= 0);
  rewind(stream);
  must_be(fgets(text, sizeof text, stream));
  job("none");
}
