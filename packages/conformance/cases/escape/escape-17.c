// title: a program with the address sanitizer starts and is seen
// owed: E=Y P=H T=Y
// compiler: cc -fsanitize=address
#include "case.h"

// Looking for leaks needs ptrace for itself, and a witness may hold that.
const char *__asan_default_options(void) { return "detect_leaks=0"; }

int main(void) {
  char *buffer = malloc(16);
  must(read(must(open("a", O_RDONLY)), buffer, 10));
  FILE *out = fopen("n", "w");
  fputs(buffer[0] == 'h' ? "yes" : "no", out);
  fclose(out);
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
