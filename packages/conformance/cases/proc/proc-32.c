// title: what a process writes a moment after the command has ended is still of the job
#include "case.h"

int main(void) {
  pid_t child = must(fork());
  if (child == 0) {
    for (int fd = 0; fd < 16; fd++) close(fd);
    usleep(50000);
    _exit(write(open("n", O_WRONLY | O_CREAT, 0644), "new", 3) == 3 ? 0 : 1);
  }
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("out n");
}
