// title: wide stream output is written
#include "case.h"
#include <wchar.h>

int main(void) {
  FILE *stream = fopen("n", "w");
  must_be(stream && fputws(L"wide", stream) >= 0);
  must(fclose(stream));
  expect("C n");
  expect("W n");
  job("out n");
}
