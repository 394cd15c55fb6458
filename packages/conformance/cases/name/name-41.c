// title: a file that was renamed while it is open is not told by a name that another has got since
// owed: E=Y P=Y T=Y
#include "case.h"

int main(void) {
  int here = must(open(".", O_RDONLY | O_DIRECTORY));
  must(openat(here, "n", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0644));
  must(rename("n", "a"));
  FILE *file = fopen("n", "w");
  must_be(file && fputs("text", file) > 0 && fclose(file) == 0);
  must(openat(here, "a", O_WRONLY | O_TRUNC | O_NOFOLLOW));
  expect("C n");
  expect("M n>a");
  expect("W n");
  expect("[W a]");
  job("out a");
  job("out n");
}
