// title: what a stream has flushed is written, even when its process is killed
#include "case.h"
#include <signal.h>

int main(void) {
  int status;
  pid_t child = must(fork());
  if (child == 0) {
    FILE *stream = fopen("n", "w");
    must_be(stream && fputs("new", stream) >= 0);
    must(fflush(stream));
    kill(getpid(), SIGKILL);
  }
  must(waitpid(child, &status, 0));
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("out n");
}
