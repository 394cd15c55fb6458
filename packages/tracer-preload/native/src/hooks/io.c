/* Reads and writes. The hot path is one look-up and one test of a bit. */
#include <aio.h>
#include <sys/uio.h>
#include <unistd.h>

#include "hook.h"

/* Nothing of what was asked for is the end of the file: that has been read, too (read(2)). */
#define READ(name, other, parameters, arguments, asked)                     \
  EXPORT ssize_t name parameters {                                          \
    ssize_t got = FORWARD(name, other, ssize_t(*) parameters) arguments;    \
    heard_read(got);                                                        \
    if (got > 0 || (got == 0 && (asked))) touch_read(fd);                   \
    return got;                                                             \
  }
READ(read, read, (int fd, void *into, size_t size), (fd, into, size), size)
READ(__read, read, (int fd, void *into, size_t size), (fd, into, size), size)
READ(pread, pread64, (int fd, void *into, size_t size, off_t at), (fd, into, size, at), size)
READ(pread64, pread, (int fd, void *into, size_t size, off_t at), (fd, into, size, at), size)
READ(__pread64, pread64, (int fd, void *into, size_t size, off_t at), (fd, into, size, at), size)
/* What programs call that are built with _FORTIFY_SOURCE. */
READ(__read_chk, __read_chk, (int fd, void *into, size_t size, size_t room), (fd, into, size, room), size)
READ(__pread_chk, __pread_chk, (int fd, void *into, size_t size, off_t at, size_t room), (fd, into, size, at, room), size)
READ(__pread64_chk, __pread64_chk, (int fd, void *into, size_t size, off_t at, size_t room), (fd, into, size, at, room), size)

/* The kernel takes no more than 1024 parts (UIO_MAXIOV). */
static bool any_length(const struct iovec *parts, int count) {
  for (int i = 0; i < count && i < 1024; i++)
    if (parts[i].iov_len) return true;
  return false;
}
READ(readv, readv, (int fd, const struct iovec *parts, int count), (fd, parts, count), any_length(parts, count))
READ(preadv, preadv64, (int fd, const struct iovec *parts, int count, off_t at), (fd, parts, count, at), any_length(parts, count))
READ(preadv64, preadv, (int fd, const struct iovec *parts, int count, off_t at), (fd, parts, count, at), any_length(parts, count))

/* The kernel takes the place in two halves, of which 64-bit machines use the first. */
typedef ssize_t vector2_type(int, const struct iovec *, int, off_t, int);

#define READ2(name, other)                                                                            \
  EXPORT ssize_t name(int fd, const struct iovec *parts, int count, off_t at, int flags) {            \
    vector2_type *real = FORWARD(name, other, vector2_type *);                                        \
    ssize_t got = real ? real(fd, parts, count, at, flags) : raw_result(SYS(SYS_preadv2, fd, parts, count, at, 0, flags)); \
    heard_read(got);                                                                                  \
    if (got > 0 || (got == 0 && any_length(parts, count))) touch_read(fd);                            \
    return got;                                                                                       \
  }
READ2(preadv2, preadv64v2)
READ2(preadv64v2, preadv2)

#define WRITE(name, other, parameters, arguments)                         \
  EXPORT ssize_t name parameters {                                        \
    touch_before_write(fd);                                               \
    ssize_t put = FORWARD(name, other, ssize_t(*) parameters) arguments;  \
    heard_write(put);                                                     \
    if (put > 0) touch_written(fd);                                       \
    return put;                                                           \
  }
WRITE(write, write, (int fd, const void *from, size_t size), (fd, from, size))
WRITE(__write, write, (int fd, const void *from, size_t size), (fd, from, size))
WRITE(pwrite, pwrite64, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
WRITE(pwrite64, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
WRITE(__pwrite64, pwrite64, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
WRITE(writev, writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
WRITE(pwritev, pwritev64, (int fd, const struct iovec *parts, int count, off_t at), (fd, parts, count, at))
WRITE(pwritev64, pwritev, (int fd, const struct iovec *parts, int count, off_t at), (fd, parts, count, at))

#define WRITE2(name, other)                                                                           \
  EXPORT ssize_t name(int fd, const struct iovec *parts, int count, off_t at, int flags) {            \
    vector2_type *real = FORWARD(name, other, vector2_type *);                                        \
    touch_before_write(fd);                                                                           \
    ssize_t put = real ? real(fd, parts, count, at, flags) : raw_result(SYS(SYS_pwritev2, fd, parts, count, at, 0, flags)); \
    heard_write(put);                                                                                 \
    if (put > 0) touch_written(fd);                                                                   \
    return put;                                                                                       \
  }
WRITE2(pwritev2, pwritev64v2)
WRITE2(pwritev64v2, pwritev2)

/* libc's own threads do the work, through calls that nobody can hook: the request is what is seen. */
#define AIO(name, other, before, after)                                             \
  EXPORT int name(struct aiocb *request) {                                          \
    before(request->aio_fildes);                                                    \
    int result = FORWARD(name, other, int (*)(struct aiocb *))(request);            \
    if (result == 0 && request->aio_nbytes) after(request->aio_fildes);             \
    return result;                                                                  \
  }
static void nothing(int fd) { (void)fd; }
AIO(aio_read, aio_read64, nothing, touch_read)
AIO(aio_write, aio_write64, touch_before_write, touch_written)
#define AIO64(name, other, before, after)                                           \
  EXPORT int name(struct aiocb64 *request) {                                        \
    before(request->aio_fildes);                                                    \
    int result = FORWARD(name, other, int (*)(struct aiocb64 *))(request);          \
    if (result == 0 && request->aio_nbytes) after(request->aio_fildes);             \
    return result;                                                                  \
  }
AIO64(aio_read64, aio_read, nothing, touch_read)
AIO64(aio_write64, aio_write, touch_before_write, touch_written)

#define LISTIO(name, other, type)                                                                                     \
  EXPORT int name(int mode, struct type *const list[], int count, struct sigevent *event) {                           \
    int result = FORWARD(name, other, int (*)(int, struct type *const[], int, struct sigevent *))(mode, list, count, event); \
    for (int i = 0; result == 0 && i < count; i++) {                                                                  \
      if (!list[i] || !list[i]->aio_nbytes) continue;                                                                 \
      if (list[i]->aio_lio_opcode == LIO_READ) touch_read(list[i]->aio_fildes);                                       \
      if (list[i]->aio_lio_opcode == LIO_WRITE) touch_written(list[i]->aio_fildes);                                   \
    }                                                                                                                 \
    return result;                                                                                                    \
  }
LISTIO(lio_listio, lio_listio64, aiocb)
LISTIO(lio_listio64, lio_listio, aiocb64)
