// title: asynchronous input of the kernel is seen
// owed: E=Y P=H T=Y
// gaps: direct-syscall
#include "case.h"
#include <linux/aio_abi.h>

int main(void) {
  aio_context_t context = 0;
  struct io_event done;
  struct iocb read = {.aio_lio_opcode = IOCB_CMD_PREAD, .aio_buf = (uintptr_t)text, .aio_nbytes = 10};
  struct iocb *list[] = {&read};
  read.aio_fildes = must(open("a", O_RDONLY));
  if (syscall(SYS_io_setup, 1, &context) < 0 && errno == ENOSYS) skip("this kernel has no io_submit");
  must_be(syscall(SYS_io_submit, context, 1, list) == 1);
  must_be(syscall(SYS_io_getevents, context, 1, 1, &done, NULL) == 1 && done.res == 5);
  expect("R a");
  job("in a");
}
