// title: what one process stores into a mapping of another is written by way of that mapping
// files: s=hello
#include "case.h"
#include <sys/uio.h>

int main(void) {
  char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, must(open("s", O_RDWR)), 0);
  must_be(at != MAP_FAILED);
  pid_t child = must(fork());
  if (child == 0) {
    char *mine = (char *)"other";
    struct iovec from = {mine, 5}, to = {at, 5};
    if (process_vm_writev(getppid(), &from, 1, &to, 1, 0) < 0) _exit(1);
    _exit(0);
  }
  int status;
  must(waitpid(child, &status, 0));
  if (status) skip("the memory of another process may not be written here");
  expect_any("R s");
  expect_any("W s");
  job("in s");
  job("out s");
}
