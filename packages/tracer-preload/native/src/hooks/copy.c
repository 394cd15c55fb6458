/* Bytes that move inside the kernel, and changes of size. */
#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "hook.h"

/* FICLONE and FICLONERANGE of linux/fs.h (Linux 4.5): all of a file, whose descriptor is the argument, or a part, in a struct that begins with it. */
#define FICLONE_CODE 0x40049409ul
#define FICLONERANGE_CODE 0x4020940dul

/* Nothing of what was asked for is the end of the file: that has been read, too. */
static ssize_t moved(ssize_t count, size_t asked, int in, int out) {
  if (count > 0 || (count == 0 && asked)) touch_read(in);
  if (count > 0) touch_written(out);
  return count;
}

EXPORT ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t size, unsigned flags) {
  touch_before_write(out);
  ssize_t (*real)(int, off64_t *, int, off64_t *, size_t, unsigned) = REAL(copy_file_range, ssize_t(*)(int, off64_t *, int, off64_t *, size_t, unsigned));
  ssize_t count = PASSES_UNLESS_CANCELLED(copy_file_range) ? PASSED(SYS_copy_file_range, in, in_at, out, out_at, size, flags)
                  : real                                  ? real(in, in_at, out, out_at, size, flags)
                                                          : raw_result(SYS(SYS_copy_file_range, in, in_at, out, out_at, size, flags));
  if (count > 0) heard_read(count), heard_write(count);
  return moved(count, size, in, out);
}

#define SENDFILE(name, other)                                                                        \
  EXPORT ssize_t name(int out, int in, off_t *at, size_t size) {                                     \
    touch_before_write(out);                                                                         \
    ssize_t count = may_pass(real_at(REAL_##name)) ? PASSED(SYS_sendfile, out, in, at, size, 0, 0)   \
                                                   : FORWARD(name, other, ssize_t(*)(int, int, off_t *, size_t))(out, in, at, size); \
    if (count > 0) heard_read(count), heard_write(count);                                            \
    return moved(count, size, in, out);                                                              \
  }
SENDFILE(sendfile, sendfile64)
SENDFILE(sendfile64, sendfile)

EXPORT ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size, unsigned flags) {
  touch_before_write(out);
  return moved(REAL(splice, ssize_t(*)(int, off64_t *, int, off64_t *, size_t, unsigned))(in, in_at, out, out_at, size, flags), size, in, out);
}

EXPORT int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  bool clone = request == FICLONE_CODE || request == FICLONERANGE_CODE;
  if (unlikely(clone)) touch_before_write(fd);
  int result = REAL(ioctl, int (*)(int, unsigned long, ...))(fd, request, argument);
  if (unlikely(clone) && result == 0) {
    touch_read(request == FICLONE_CODE ? (int)(intptr_t)argument : (int)*(int64_t *)argument);
    touch_written(fd);
  }
  return result;
}

/* Its size is changed without a descriptor: one is made for the question, by O_PATH, which takes no rights and never waits (open(2)). */
static void cut(const char *path) {
  struct stamp stamp;
  long fd = SYS(SYS_openat, AT_FDCWD, path, O_PATH | O_CLOEXEC, 0);
  if (fd < 0) return;
  if (stamp_fd((int)fd, &stamp) && is_regular(&stamp)) fact_file(ROAR_RECORD_FILE, (int)fd, &stamp, ROAR_ACCESS_WRITTEN);
  SYS(SYS_close, fd);
}

#define TRUNCATE(name, other)                                                       \
  EXPORT int name(const char *path, off_t size) {                                   \
    struct stamp before;                                                            \
    if (live() && stamp_path(AT_FDCWD, path, 0, &before)) hold_named(AT_FDCWD, path, &before); \
    int result = may_pass(real_at(REAL_##name)) ? (int)PASSED(SYS_truncate, path, size, 0, 0, 0, 0) \
                                                : FORWARD(name, other, int (*)(const char *, off_t))(path, size); \
    if (result == 0 && live()) cut(path);                                           \
    return result;                                                                  \
  }
TRUNCATE(truncate, truncate64)
TRUNCATE(truncate64, truncate)

#define CHANGE_SIZE(name, parameters, call) \
  EXPORT int name parameters {              \
    touch_before_write(fd);                 \
    int result = call;                      \
    if (result == 0) touch_written(fd);     \
    return result;                          \
  }

/* No cancellation point in glibc, as fallocate is: it need not stop. */
#define CHANGE_LENGTH(name, other)       \
  CHANGE_SIZE(name, (int fd, off_t size), \
              may_pass(real_at(REAL_##name)) ? (int)PASSED(SYS_ftruncate, fd, size, 0, 0, 0, 0) : FORWARD(name, other, int (*)(int, off_t))(fd, size))
CHANGE_LENGTH(ftruncate, ftruncate64)
CHANGE_LENGTH(ftruncate64, ftruncate)

#define CHANGE_PLACE(name, other)                       \
  CHANGE_SIZE(name, (int fd, int mode, off_t at, off_t size), \
              PASSES_UNLESS_CANCELLED(name) ? (int)PASSED(SYS_fallocate, fd, mode, at, size, 0, 0) : FORWARD(name, other, int (*)(int, int, off_t, off_t))(fd, mode, at, size))
CHANGE_PLACE(fallocate, fallocate64)
CHANGE_PLACE(fallocate64, fallocate)

/* Where the file system cannot do it, libc writes. */
#define MAKE_PLACE(name, other) CHANGE_SIZE(name, (int fd, off_t at, off_t size), QUIETLY(int, FORWARD(name, other, int (*)(int, off_t, off_t))(fd, at, size)))
MAKE_PLACE(posix_fallocate, posix_fallocate64)
MAKE_PLACE(posix_fallocate64, posix_fallocate)
