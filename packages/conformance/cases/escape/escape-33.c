// title: children of a program with the address sanitizer are seen, with and without one of their own
// owed: E=Y P=H T=Y
// compiler: cc -fsanitize=address
#include "case.h"

const char *__asan_default_options(void) { return "detect_leaks=0"; }

int main(int count, char **words) {
  (void)words;
  if (count > 1) {
    must(read(must(open("b", O_RDONLY)), text, 10));
    return 0;
  }
  pid_t plain = must(fork());
  if (plain == 0) must(execl("/bin/cat", "cat", "a", NULL));
  reap(plain);
  pid_t again = must(fork());
  if (again == 0) must(execl("/proc/self/exe", "again", "twice", NULL));
  reap(again);
  expect_of(plain, "R a");
  expect_of(again, "R b");
  job("in a");
  job("in b");
}
