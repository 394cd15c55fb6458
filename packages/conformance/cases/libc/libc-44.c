// title: large-file names of asynchronous requests are seen
// flags: -D_FILE_OFFSET_BITS=64
#include "case.h"
#include <aio.h>

int main(void) {
  struct aiocb in = {.aio_fildes = must(open("a", O_RDONLY)), .aio_buf = text, .aio_nbytes = 10, .aio_lio_opcode = LIO_READ};
  struct aiocb *list[] = {&in};
  must(lio_listio(LIO_WAIT, list, 1, NULL));
  expect("R a");
  job("in a");
}
