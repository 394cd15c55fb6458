// title: what popen runs is seen
#include "case.h"

int main(void) {
  FILE *pipe = popen("cat a", "r");
  must_be(pipe && fgets(text, sizeof text, pipe) && !strcmp(text, "hello"));
  must_be(pclose(pipe) == 0);
  expect_any("R a");
  job("in a");
}
