// title: every way to read a stream is seen
// files: c=1 e=word f=x g=y i=line j=12 k=z
#include "case.h"
#include <wchar.h>

static FILE *opened(const char *name) {
  FILE *stream = fopen(name, "r");
  must_be(stream);
  return stream;
}

int main(void) {
  char *line = NULL;
  size_t size = 0;
  int number;
  must_be(fgetc(opened("c")) == '1');
  must_be(fread(text, 1, 4, opened("e")) == 4);
  must_be(getc_unlocked(opened("f")) == 'x');
  must_be(fread_unlocked(text, 1, 1, opened("g")) == 1);
  must_be(getline(&line, &size, opened("i")) == 4);
  must_be(fscanf(opened("j"), "%d", &number) == 1 && number == 12);
  must_be(fgetwc(opened("k")) == L'z');
  for (const char *name = "cefgijk"; *name; name++) {
    expect((char[]){'R', ' ', *name, 0});
    job((char[]){'i', 'n', ' ', *name, 0});
  }
}
