/*
 * The end of a descriptor's life settles what no hook saw: libc's streams read and write through hidden calls, a shell's redirection is written by
 * somebody else, a mapping by nobody.
 */
#include <fcntl.h>
#include <stdio.h>

#include "roar.h"

/*
 * The front of glibc's FILE, the same since 2.1 and part of its ABI (old programs have getc inlined). Only read where glibc's own symbols are found.
 */
static bool fetched(const FILE *stream) {
  const struct _IO_FILE *peek = stream;
  const int eof_seen = 0x10;
  return peek->_IO_read_end > peek->_IO_buf_base || (peek->_flags & eof_seen);
}

static bool has_glibc(void) { return real_at(REAL_gnu_get_libc_version) != NULL; }

/* The front of musl's FILE, the same since 0.5: flags, rpos, rend, close, wend. It is in its writing state between the first byte and the flush. */
struct musl_front {
  unsigned flags;
  unsigned char *rpos, *rend;
  int (*close)(FILE *);
  unsigned char *wend;
};

static bool used(const FILE *stream) {
  if (has_glibc()) return ((const struct _IO_FILE *)stream)->_IO_buf_base != NULL;
  return ((const struct musl_front *)(const void *)stream)->wend != NULL;
}

static const FILE *standard_stream(int fd) {
  enum real_index index = fd == 0 ? REAL_stdin : fd == 1 ? REAL_stdout : REAL_stderr;
  FILE **variable = fd <= 2 ? real_at(index) : NULL;
  return variable ? *variable : NULL;
}

int stream_number(void *stream) {
  if (has_glibc()) return ((const struct _IO_FILE *)stream)->_fileno;
  int (*number)(void *) = REAL(fileno, int (*)(void *));
  int before = errno_now, fd = number ? number(stream) : -1;
  errno_now = before;
  return fd;
}

static int64_t position_of(int fd) { return SYS(SYS_lseek, fd, 0, SEEK_CUR); }

static const FILE *stream_of(int fd, const struct descriptor *one) {
  if (one->stream) return one->stream;
  return fd <= 2 ? standard_stream(fd) : NULL;
}

static bool stream_has_read(int fd, const struct descriptor *one) {
  const FILE *stream = stream_of(fd, one);
  if (!stream || !(one->bits & FD_READABLE)) return false;
  if (has_glibc() && used(stream) && fetched(stream)) return true;
  bool moved = one->position >= 0 && position_of(fd) != one->position;
  /* A position shared with others proves nothing; one of our own stream does, unless writing moved it. */
  return moved && one->stream && !(one->bits & FD_WRITABLE);
}

/* `changed`: certain. Otherwise a stream may still hold bytes that libc writes after the last of our hooks. */
static void settle_written(int fd, struct descriptor *one, const struct stamp *now) {
  const FILE *stream = stream_of(fd, one);
  bool standard = (one->bits & FD_START) != 0;
  /* musl forgets that it has written once it has flushed: the position tells, where nobody shares it. */
  bool moved = !has_glibc() && !had_children && one->position >= 0 && position_of(fd) != one->position;
  bool through_stream = stream && (used(stream) || moved || (!standard && !has_glibc()));
  bool by_itself = unlikely(unseen_calls) && one->unheard.writes && unheard_now().writes != one->unheard.writes;
  /* Without a stream of ours somebody else may have written: a child through the same descriptor. It speaks for itself. */
  if (!through_stream && !by_itself && (standard || had_children)) return;
  /* Nor has libc by itself (dprintf), whose writes move the position: somebody who has opened the file, too. */
  if (!through_stream && !by_itself && position_of(fd) == 0) return;
  if (!same_version(now, &one->stamp)) {
    one->bits |= FD_WRITTEN;
    fact_file(ROAR_RECORD_SETTLED, fd, now, ROAR_ACCESS_WRITTEN | ROAR_ACCESS_INFERRED | (one->bits & FD_APPEND ? ROAR_ACCESS_APPENDED : 0));
  } else if (through_stream) {
    fact_file(ROAR_RECORD_SETTLED, fd, now, ROAR_ACCESS_OPEN | (one->bits & FD_APPEND ? ROAR_ACCESS_APPENDED : 0));
  }
}

/* Nothing can have been read of an empty file, or is of interest in one that this process has made. */
static void settle_unheard(int fd, struct descriptor *one) {
  struct stamp now;
  if (!one->unheard.reads || !(one->bits & FD_READABLE) || one->bits & (FD_READ | FD_STDIO | FD_CREATED)) return;
  if (!stamp_fd(fd, &now) || !is_regular(&now) || !now.size || unheard_now().reads == one->unheard.reads) return;
  if (!(one->bits & FD_LAZY) && !same_file(&now, &one->stamp)) return;
  fact_file(ROAR_RECORD_FILE, fd, one->bits & FD_LAZY ? &now : &one->stamp, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
  one->bits |= FD_READ;
}

static void settle_one(int fd, struct descriptor *one) {
  if (one->bits & FD_BORING || one->epoch != life->epoch) return;
  if (unlikely(unseen_calls)) settle_unheard(fd, one);
  if (one->bits & FD_LAZY) return;
  struct stamp now;
  bool wants_read = !(one->bits & FD_READ) && (one->bits & (FD_STDIO | FD_START)) && stream_has_read(fd, one);
  bool wants_write = !(one->bits & FD_WRITTEN) && (one->bits & FD_WRITABLE);
  if ((!wants_read && !wants_write) || !stamp_fd(fd, &now) || !same_file(&now, &one->stamp)) return;
  if (wants_read) {
    one->bits |= FD_READ;
    fact_file(ROAR_RECORD_FILE, fd, &one->stamp, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
  }
  if (wants_write) settle_written(fd, one, &now);
}

void settle_fd(int fd) {
  struct descriptor *one = descriptor_at(fd, false);
  if (one && one->bits & FD_KNOWN) settle_one(fd, one);
}

void settle_all(void) {
  within_settle(false);
  descriptor_each(settle_one);
}
