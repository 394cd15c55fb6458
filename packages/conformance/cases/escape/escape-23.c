// title: a program finds the environment that it was given, and hands on what it likes
#include "case.h"

extern char **environ;

int main(int count, char **words) {
  (void)words;
  for (char **word = environ; *word; word++)
    if (strncmp(*word, "CASE_", 5)) puts(*word);
  must_be(getenv("LD_PRELOAD") == NULL);
  fflush(stdout);
  expect("R a");
  job("in a");
  if (count == 1) must(execl("/proc/self/exe", "again", "twice", NULL));
  must(execl("/bin/sh", "sh", "-c", "env | grep -c -e LD_ -e TRACE; exec cat a", NULL));
}
