// title: lists of asynchronous requests are seen
#include "case.h"
#include <aio.h>

int main(void) {
  struct aiocb in = {.aio_fildes = must(open("a", O_RDONLY)), .aio_buf = text, .aio_nbytes = 10, .aio_lio_opcode = LIO_READ};
  struct aiocb out = {.aio_fildes = must(open("n", O_WRONLY | O_CREAT, 0644)), .aio_buf = "new", .aio_nbytes = 3, .aio_lio_opcode = LIO_WRITE};
  struct aiocb *list[] = {&in, &out};
  must(lio_listio(LIO_WAIT, list, 2, NULL));
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
