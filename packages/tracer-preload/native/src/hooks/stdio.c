/* Streams. libc reads and writes for them through hidden calls; their descriptors are settled when they are closed. */
#include <fcntl.h>
#include <stdio.h>
#include <wchar.h>

#include "hook.h"

/* A macro in optimised builds. */
#undef fread_unlocked

typedef FILE *fopen_type(const char *, const char *);

/* Behind a comma comes a character set (`r,ccs=UTF-8`, fopen(3)), whose letters are no modes. */
static int flags_of(const char *mode) {
  bool plus = false, exclusive = false;
  for (int i = 1; mode[0] && mode[i] && mode[i] != ',' && i < 8; i++) {
    plus |= mode[i] == '+';
    exclusive |= mode[i] == 'x';
  }
  int flags = plus ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
  if (mode[0] == 'w') flags |= O_CREAT | O_TRUNC;
  if (mode[0] == 'a') flags |= O_CREAT | O_APPEND;
  return exclusive ? flags | O_EXCL : flags;
}

static int number_of(FILE *stream) { return stream_number(stream); }

/* libc is about to write, by a hidden call, what the stream has gathered: the file's bytes may be wanted. */
static void before_writing(FILE *stream) {
  int fd = number_of(stream);
  struct descriptor *one = fd < 0 ? NULL : descriptor_at(fd, false);
  if (one && (one->bits & FD_WRITABLE)) touch_before_write(fd);
}

static void attach(FILE *stream, int fd) {
  struct descriptor *one = descriptor_at(fd, false);
  if (!one || !(one->bits & FD_KNOWN) || one->bits & FD_LAZY) one = descriptor_learn(fd, one ? one->bits : 0);
  if (!one || one->bits & FD_BORING) return;
  one->bits |= FD_STDIO;
  one->bits &= ~(uint32_t)FD_START;
  one->stream = stream;
  one->position = SYS(SYS_lseek, fd, 0, SEEK_CUR);
  /* A full buffer is written by no call of the program's. */
  before_writing(stream);
}

static FILE *opened(FILE *stream, const struct opening *opening, int flags) {
  if (!stream || !live()) return stream;
  int fd = number_of(stream);
  opening_end(opening, fd, flags);
  if (!borrowed()) attach(stream, fd);
  return stream;
}

#define FOPEN(name, other)                                                  \
  EXPORT FILE *name(const char *path, const char *mode) {                   \
    struct opening opening;                                                 \
    struct quiet quiet;                                                     \
    int flags = live() ? flags_of(mode) : 0;                                \
    opening_begin(&opening, AT_FDCWD, path, flags);                         \
    quiet_begin(&quiet, supervised && cannot_wait(&opening, flags));        \
    FILE *stream = FORWARD(name, other, fopen_type *)(path, mode);          \
    quiet_end(&quiet);                                                      \
    return opened(stream, &opening, flags);                                 \
  }
FOPEN(fopen, fopen64)
FOPEN(fopen64, fopen)
FOPEN(_IO_fopen, fopen)

/* What a closing stream still writes comes after the last look at its descriptor: the file is compared by its path. */
struct closing {
  struct scratch *path;
  size_t length;
  struct stamp before;
  uint32_t access;
  bool regular; /* asked where a supervisor is around us */
};

static void closing_begin(struct closing *closing, FILE *stream) {
  closing->path = NULL;
  closing->length = 0;
  int fd = number_of(stream);
  struct stamp stamp;
  closing->regular = supervised && fd >= 0 && stamp_fd(fd, &stamp) && is_regular(&stamp);
  struct descriptor *one = fd < 0 ? NULL : descriptor_at(fd, false);
  if (!one || !(one->bits & FD_KNOWN)) return;
  before_writing(stream);
  settle_fd(fd);
  uint32_t flags = 0;
  if ((one->bits & FD_WRITABLE) && !(one->bits & (FD_WRITTEN | FD_BORING | FD_UNNAMED)) && (closing->path = scratch_take())) {
    closing->length = path_of_fd(fd, closing->path->text, &flags);
    closing->before = one->stamp;
    closing->access = ROAR_ACCESS_WRITTEN | ROAR_ACCESS_INFERRED | (one->bits & FD_APPEND ? ROAR_ACCESS_APPENDED : 0);
  }
  descriptor_forget(fd);
}

static void closing_end(struct closing *closing) {
  struct stamp now;
  if (closing->length && stamp_path(AT_FDCWD, closing->path->text, AT_SYMLINK_NOFOLLOW, &now) && same_file(&now, &closing->before) &&
      !same_version(&now, &closing->before))
    fact_file_at(ROAR_RECORD_SETTLED, closing->path->text, closing->length, &now, closing->access, 0);
  scratch_give(closing->path);
}

/* Without a name glibc opens the same file anew, by the kernel's link of its descriptor; musl only sets flags. */
static const char *own_link(FILE *stream, char text[sizeof "/proc/self/fd/" + 12]) {
  int fd = REAL(gnu_get_libc_version, void *) ? number_of(stream) : -1;
  if (fd < 0) return NULL;
  append_number(append_text(text, text + sizeof "/proc/self/fd/", "/proc/self/fd/"), text + sizeof "/proc/self/fd/" + 11, (unsigned long)fd);
  return text;
}

/* What is gathered for a pipe may wait for its reader. */
#define FREOPEN(name, other)                                                                             \
  EXPORT FILE *name(const char *path, const char *mode, FILE *stream) {                                  \
    struct opening opening;                                                                              \
    struct closing closing = {0};                                                                        \
    char text[sizeof "/proc/self/fd/" + 12];                                                             \
    const char *named = path || !stream ? path : own_link(stream, text);                                 \
    bool watch = named && stream && keeping();                                                           \
    int flags = watch ? flags_of(mode) : 0;                                                              \
    if (watch) {                                                                                         \
      closing_begin(&closing, stream);                                                                   \
      opening_begin(&opening, AT_FDCWD, named, flags);                                                   \
    }                                                                                                    \
    struct quiet quiet;                                                                                  \
    quiet_begin(&quiet, closing.regular && cannot_wait(&opening, flags));                                \
    FILE *result = FORWARD(name, other, FILE * (*)(const char *, const char *, FILE *))(path, mode, stream); \
    quiet_end(&quiet);                                                                                   \
    if (!watch) return result;                                                                           \
    closing_end(&closing);                                                                               \
    return opened(result, &opening, flags);                                                              \
  }
FREOPEN(freopen, freopen64)
FREOPEN(freopen64, freopen)

/* A file without a name, opened inside of libc: what is read back from it is the program's own. */
#define TMPFILE(name, other)                                                        \
  EXPORT FILE *name(void) {                                                         \
    FILE *stream = QUIETLY(FILE *, FORWARD(name, other, FILE * (*)(void))());       \
    struct opened made = {AT_FDCWD, NULL, O_TMPFILE | O_RDWR | O_EXCL, NULL, false}; \
    if (!stream || !live()) return stream;                                          \
    int before = errno_now;                                                         \
    touch_opened(number_of(stream), &made);                                         \
    if (!borrowed()) attach(stream, number_of(stream));                             \
    errno_now = before;                                                             \
    return stream;                                                                  \
  }
TMPFILE(tmpfile, tmpfile64)
TMPFILE(tmpfile64, tmpfile)

#define FDOPEN(name, other)                                                               \
  EXPORT FILE *name(int fd, const char *mode) {                                           \
    FILE *stream = FORWARD(name, other, FILE * (*)(int, const char *))(fd, mode);         \
    if (stream && keeping()) attach(stream, fd);                                          \
    return stream;                                                                        \
  }
FDOPEN(fdopen, fdopen)
FDOPEN(_IO_fdopen, fdopen)

#define FCLOSE(name, other)                                         \
  EXPORT int name(FILE *stream) {                                   \
    struct closing closing = {0};                                   \
    bool watch = stream && keeping();                               \
    if (watch) closing_begin(&closing, stream);                     \
    struct quiet quiet;                                             \
    quiet_begin(&quiet, closing.regular);                           \
    int result = FORWARD(name, other, int (*)(FILE *))(stream);     \
    quiet_end(&quiet);                                              \
    if (watch) closing_end(&closing);                               \
    return result;                                                  \
  }
FCLOSE(fclose, fclose)
FCLOSE(_IO_fclose, fclose)

/* What a stream has fetched is told at once: at its end its position may be anywhere, and its file another. */
#define STREAM_READ(name, type, parameters, arguments, stream)     \
  EXPORT type name parameters {                                    \
    type result = REAL(name, type(*) parameters) arguments;        \
    if (stream && live()) touch_read(number_of(stream));           \
    return result;                                                 \
  }
STREAM_READ(fread, size_t, (void *into, size_t size, size_t count, FILE *from), (into, size, count, from), (size && count ? from : NULL))
STREAM_READ(_IO_fread, size_t, (void *into, size_t size, size_t count, FILE *from), (into, size, count, from), (size && count ? from : NULL))
STREAM_READ(fread_unlocked, size_t, (void *into, size_t size, size_t count, FILE *from), (into, size, count, from), (size && count ? from : NULL))
STREAM_READ(__fread_chk, size_t, (void *into, size_t room, size_t size, size_t count, FILE *from), (into, room, size, count, from), (size && count ? from : NULL))
#undef getline
STREAM_READ(getline, ssize_t, (char **line, size_t *room, FILE *from), (line, room, from), from)
STREAM_READ(getdelim, ssize_t, (char **line, size_t *room, int end, FILE *from), (line, room, end, from), from)
STREAM_READ(__getdelim, ssize_t, (char **line, size_t *room, int end, FILE *from), (line, room, end, from), from)
STREAM_READ(_IO_fgets, char *, (char *into, int size, FILE *from), (into, size, from), from)
STREAM_READ(fgets, char *, (char *into, int size, FILE *from), (into, size, from), from)
STREAM_READ(__fgets_chk, char *, (char *into, size_t room, int size, FILE *from), (into, room, size, from), from)
STREAM_READ(fgetws, wchar_t *, (wchar_t *into, int size, FILE *from), (into, size, from), from)
STREAM_READ(fgetwc, wint_t, (FILE *from), (from), from)
STREAM_READ(getwc, wint_t, (FILE *from), (from), from)
STREAM_READ(fgetc, int, (FILE *from), (from), from)
#undef getc
STREAM_READ(getc, int, (FILE *from), (from), from)
/* What getc is in a program that was built before glibc 2.28. */
STREAM_READ(_IO_getc, int, (FILE *from), (from), from)

/* Moving a stream forgets what it has fetched, and stands between what is read and what is written (fopen(3)). */
#define SEEK(name, type, parameters, arguments)              \
  EXPORT type name parameters {                              \
    if (stream && keeping()) settle_fd(number_of(stream)), before_writing(stream); \
    return REAL(name, type(*) parameters) arguments;         \
  }
SEEK(rewind, void, (FILE *stream), (stream))
SEEK(fseek, int, (FILE *stream, long by, int from), (stream, by, from))
SEEK(fseeko, int, (FILE *stream, off_t by, int from), (stream, by, from))
SEEK(fseeko64, int, (FILE *stream, off64_t by, int from), (stream, by, from))
SEEK(fsetpos, int, (FILE *stream, const fpos_t *place), (stream, place))
SEEK(fsetpos64, int, (FILE *stream, const fpos64_t *place), (stream, place))

/* The first three are streams without having been opened as such. */
static void settle_stream(int fd, struct descriptor *one) {
  if (one->stream || fd <= 2) settle_fd(fd);
}

/* From here on others can read it. */
static int flush(FILE *stream, int (*real)(FILE *)) {
  int before_call = errno_now;
  if (stream && keeping()) before_writing(stream);
  errno_now = before_call;
  int result = real(stream);
  if (!keeping()) return result;
  int before = errno_now;
  if (stream) settle_fd(number_of(stream));
  else descriptor_each(settle_stream);
  errno_now = before;
  return result;
}

EXPORT int fflush(FILE *stream) { return flush(stream, REAL(fflush, int (*)(FILE *))); }
EXPORT int _IO_fflush(FILE *stream) { return flush(stream, FORWARD(_IO_fflush, fflush, int (*)(FILE *))); }

EXPORT FILE *setmntent(const char *path, const char *mode) {
  struct opening opening;
  int flags = live() ? flags_of(mode) : 0;
  opening_begin(&opening, AT_FDCWD, path, flags);
  return opened(REAL(setmntent, fopen_type *)(path, mode), &opening, flags);
}

FCLOSE(endmntent, endmntent)
