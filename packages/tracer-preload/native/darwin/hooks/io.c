/* Reads, writes, mappings and sizes. */
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "interpose.h"

#define NOCANCEL(type, name, ...) extern type name##_nocancel(__VA_ARGS__) __asm("_" #name "$NOCANCEL")
NOCANCEL(ssize_t, read, int, void *, size_t);
NOCANCEL(ssize_t, pread, int, void *, size_t, off_t);
NOCANCEL(ssize_t, readv, int, const struct iovec *, int);
NOCANCEL(ssize_t, write, int, const void *, size_t);
NOCANCEL(ssize_t, pwrite, int, const void *, size_t, off_t);
NOCANCEL(ssize_t, writev, int, const struct iovec *, int);

/* An end that is met is content, too: an empty file was read. A read of no bytes reads nothing. */
#define READS(ours, theirs, wanted, parameters, arguments) \
  static ssize_t ours parameters {                         \
    ssize_t got = theirs arguments;                        \
    if (got > 0 || (got == 0 && (wanted))) touch_read(fd); \
    return got;                                            \
  }                                                        \
  INTERPOSE(ours, theirs)
READS(our_read, read, size, (int fd, void *into, size_t size), (fd, into, size));
READS(our_read_nocancel, read_nocancel, size, (int fd, void *into, size_t size), (fd, into, size));
READS(our_pread, pread, size, (int fd, void *into, size_t size, off_t at), (fd, into, size, at));
READS(our_pread_nocancel, pread_nocancel, size, (int fd, void *into, size_t size, off_t at), (fd, into, size, at));
READS(our_readv, readv, count, (int fd, const struct iovec *parts, int count), (fd, parts, count));
READS(our_readv_nocancel, readv_nocancel, count, (int fd, const struct iovec *parts, int count), (fd, parts, count));

#define WRITES(ours, theirs, parameters, arguments) \
  static ssize_t ours parameters {                  \
    touch_before_write(fd);                         \
    ssize_t got = theirs arguments;                 \
    if (got > 0) touch_written(fd);                 \
    return got;                                     \
  }                                                 \
  INTERPOSE(ours, theirs)
WRITES(our_write, write, (int fd, const void *from, size_t size), (fd, from, size));
WRITES(our_write_nocancel, write_nocancel, (int fd, const void *from, size_t size), (fd, from, size));
WRITES(our_pwrite, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at));
WRITES(our_pwrite_nocancel, pwrite_nocancel, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at));
WRITES(our_writev, writev, (int fd, const struct iovec *parts, int count), (fd, parts, count));
WRITES(our_writev_nocancel, writev_nocancel, (int fd, const struct iovec *parts, int count), (fd, parts, count));

static void *our_mmap(void *where, size_t size, int protection, int flags, int fd, off_t at) {
  void *map = mmap(where, size, protection, flags, fd, at);
  if (map != MAP_FAILED) touch_mapped(fd, protection, flags);
  return map;
}
INTERPOSE(our_mmap, mmap);

static int our_ftruncate(int fd, off_t size) {
  touch_before_write(fd);
  int result = ftruncate(fd, size);
  if (result == 0) touch_written(fd);
  return result;
}
INTERPOSE(our_ftruncate, ftruncate);

static int our_truncate(const char *path, off_t size) {
  struct stamp stamp;
  char real[PATH_BYTES];
  int fd = live() ? open(path, O_EVTONLY | O_CLOEXEC) : -1;
  bool known = fd >= 0 && stamp_fd(fd, &stamp) && is_regular(&stamp) && path_of_fd(fd, real);
  if (fd >= 0) close(fd);
  if (known) hold_bytes(&stamp, real);
  int result = truncate(path, size);
  if (known && result == 0) fact_file_at(real, &stamp, ROAR_ACCESS_WRITTEN);
  return result;
}
INTERPOSE(our_truncate, truncate);

/* From a file to a socket; the count goes where `length` points. */
static int our_sendfile(int fd, int socket, off_t at, off_t *length, struct sf_hdtr *around, int flags) {
  int result = sendfile(fd, socket, at, length, around, flags);
  if (result == 0) touch_read(fd);
  return result;
}
INTERPOSE(our_sendfile, sendfile);
