// title: asynchronous input and output of libc are seen
#include "case.h"
#include <aio.h>

static void wait_for(struct aiocb *request, ssize_t bytes) {
  const struct aiocb *list[] = {request};
  while (aio_error(request) == EINPROGRESS) aio_suspend(list, 1, NULL);
  must_be(aio_return(request) == bytes);
}

int main(void) {
  struct aiocb in = {.aio_fildes = must(open("a", O_RDONLY)), .aio_buf = text, .aio_nbytes = 10};
  struct aiocb out = {.aio_fildes = must(open("n", O_WRONLY | O_CREAT, 0644)), .aio_buf = "new", .aio_nbytes = 3};
  must(aio_read(&in));
  wait_for(&in, 5);
  must(aio_write(&out));
  wait_for(&out, 3);
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
