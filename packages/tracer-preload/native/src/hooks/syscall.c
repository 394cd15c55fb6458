/* syscall(): the calls that touch files go the way of the hook they are named after; the entry is in arch/entry.S. */
#include <fcntl.h>
#include <sched.h>
#include <linux/aio_abi.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../rings.h"
#include <sys/prctl.h>

#include "hook.h"
#include "roar_resolve.h"

/* Linux 5.6; calls from 424 on have the same number on both machines. */
#ifndef SYS_openat2
#define SYS_openat2 437
#endif

extern int close_range(unsigned, unsigned, int);
extern int open_tree(int, const char *, unsigned), fsmount(int, unsigned, unsigned);

struct words {
  long n, a, b, c, d, e, f;
};

static long forward(const struct words *w) { return REAL(syscall, long (*)(long, ...))(w->n, w->a, w->b, w->c, w->d, w->e, w->f); }

/* Its flags are the first word of struct open_how (openat2(2)). */
static long open_how(const struct words *w) {
  const uint64_t *how = (const uint64_t *)w->c;
  struct opening opening;
  /* A bad pointer is the kernel's to refuse. */
  bool readable = live() && environ_readable((char *const *)how);
  int flags = readable ? (int)how[0] : 0;
  const char *path = (const char *)w->b;
  if (flags & (O_CREAT | O_TRUNC) && path && how[2] & ROAR_RESOLVE_IN_ROOT && environ_readable((char *const *)path)) path += roar_above_root(path);
  opening_begin(&opening, (int)w->a, path, flags);
  long fd = forward(w);
  opening_end(&opening, (int)fd, flags);
  return fd;
}

/* Requests of kernel AIO: the first `count` of them were taken (io_submit(2)). */
static long submitted(const struct words *w) {
  struct iocb **list = (struct iocb **)w->c;
  long count = forward(w);
  for (long i = 0; i < count; i++) {
    int fd = (int)list[i]->aio_fildes, code = list[i]->aio_lio_opcode;
    if (code == IOCB_CMD_PREAD || code == IOCB_CMD_PREADV) touch_read(fd);
    if (code == IOCB_CMD_PWRITE || code == IOCB_CMD_PWRITEV) touch_written(fd);
  }
  return count;
}

static long sandboxed(const struct words *w) {
  bool begun = w->a <= 1 && sandbox_begin(); /* SECCOMP_SET_MODE_STRICT, …_FILTER */
  long result = w->a == 0 && supervised ? raw_result(strict_by_filter()) : forward(w);
  sandbox_end(begun, result);
  return result;
}

static long content_call(const struct words *w) {
  switch (w->n) {
    case SYS_read: return read((int)w->a, (void *)w->b, (size_t)w->c);
    case SYS_pread64: return pread((int)w->a, (void *)w->b, (size_t)w->c, w->d);
    case SYS_readv: return readv((int)w->a, (const struct iovec *)w->b, (int)w->c);
    case SYS_preadv: return preadv((int)w->a, (const struct iovec *)w->b, (int)w->c, w->d);
    case SYS_preadv2: return preadv2((int)w->a, (const struct iovec *)w->b, (int)w->c, w->d, (int)w->f);
    case SYS_write: return write((int)w->a, (const void *)w->b, (size_t)w->c);
    case SYS_pwrite64: return pwrite((int)w->a, (const void *)w->b, (size_t)w->c, w->d);
    case SYS_writev: return writev((int)w->a, (const struct iovec *)w->b, (int)w->c);
    case SYS_pwritev: return pwritev((int)w->a, (const struct iovec *)w->b, (int)w->c, w->d);
    case SYS_pwritev2: return pwritev2((int)w->a, (const struct iovec *)w->b, (int)w->c, w->d, (int)w->f);
    case SYS_copy_file_range: return copy_file_range((int)w->a, (off64_t *)w->b, (int)w->c, (off64_t *)w->d, (size_t)w->e, (unsigned)w->f);
    case SYS_sendfile: return sendfile((int)w->a, (int)w->b, (off_t *)w->c, (size_t)w->d);
    case SYS_splice: return splice((int)w->a, (off64_t *)w->b, (int)w->c, (off64_t *)w->d, (size_t)w->e, (unsigned)w->f);
    case SYS_truncate: return truncate((const char *)w->a, w->b);
    case SYS_ftruncate: return ftruncate((int)w->a, w->b);
    case SYS_fallocate: return fallocate((int)w->a, (int)w->b, w->c, w->d);
    case SYS_mmap: return (long)mmap((void *)w->a, (size_t)w->b, (int)w->c, (int)w->d, (int)w->e, w->f);
    case SYS_mlockall: return mlockall((int)w->a);
    case SYS_mprotect: return mprotect((void *)w->a, (size_t)w->b, (int)w->c);
    /* Without a path it is futimens: glibc's utimensat refuses that with EINVAL. */
    case SYS_utimensat: return w->b ? utimensat((int)w->a, (const char *)w->b, (const struct timespec *)w->c, (int)w->d) : futimens((int)w->a, (const struct timespec *)w->c);
    case SYS_io_submit: return submitted(w);
    default: return forward(w);
  }
}

#if defined(__x86_64__)
/* The old forms, which newer architectures never had. */
static long old_call(const struct words *w) {
  switch (w->n) {
    case SYS_open: return open((const char *)w->a, (int)w->b, (mode_t)w->c);
    case SYS_creat: return creat((const char *)w->a, (mode_t)w->b);
    case SYS_dup2: return dup2((int)w->a, (int)w->b);
    case SYS_rename: return rename((const char *)w->a, (const char *)w->b);
    case SYS_link: return link((const char *)w->a, (const char *)w->b);
    case SYS_symlink: return symlink((const char *)w->a, (const char *)w->b);
    case SYS_unlink: return unlink((const char *)w->a);
    case SYS_mknod: return mknod((const char *)w->a, (mode_t)w->b, (dev_t)w->c);
    case SYS_rmdir: return rmdir((const char *)w->a);
    case SYS_mkdir: return mkdir((const char *)w->a, (mode_t)w->b);
    default: return content_call(w);
  }
}
#else
#define old_call content_call
#endif

static long name_call(const struct words *w) {
  switch (w->n) {
    case SYS_openat: return openat((int)w->a, (const char *)w->b, (int)w->c, (mode_t)w->d);
    case SYS_openat2: return open_how(w);
    case SYS_close: return close((int)w->a);
    case SYS_close_range: return close_range((unsigned)w->a, (unsigned)w->b, (int)w->c);
    case SYS_unshare: return unshare((int)w->a);
    case SYS_setns: return setns((int)w->a, (int)w->b);
    case SYS_mount: return mount((const char *)w->a, (const char *)w->b, (const char *)w->c, (unsigned long)w->d, (const void *)w->e);
    case 428: return open_tree((int)w->a, (const char *)w->b, (unsigned)w->c);
    case 432: return fsmount((int)w->a, (unsigned)w->b, (unsigned)w->c);
    case SYS_dup: return dup((int)w->a);
    case SYS_dup3: return dup3((int)w->a, (int)w->b, (int)w->c);
    case SYS_fcntl: return fcntl((int)w->a, (int)w->b, w->c);
    case SYS_renameat: return renameat((int)w->a, (const char *)w->b, (int)w->c, (const char *)w->d);
    case SYS_mknodat: return mknodat((int)w->a, (const char *)w->b, (mode_t)w->c, (dev_t)w->d);
    case SYS_renameat2: return renameat2((int)w->a, (const char *)w->b, (int)w->c, (const char *)w->d, (unsigned)w->e);
    case SYS_linkat: return linkat((int)w->a, (const char *)w->b, (int)w->c, (const char *)w->d, (int)w->e);
    case SYS_symlinkat: return symlinkat((const char *)w->a, (int)w->b, (const char *)w->c);
    case SYS_unlinkat: return unlinkat((int)w->a, (const char *)w->b, (int)w->c);
    case SYS_mkdirat: return mkdirat((int)w->a, (const char *)w->b, (mode_t)w->c);
    case SYS_execve: return execve((const char *)w->a, (char *const *)w->b, (char *const *)w->c);
    case SYS_execveat: return execveat((int)w->a, (const char *)w->b, (char *const *)w->c, (char *const *)w->d, (int)w->e);
    default: return old_call(w);
  }
}

/* Kept whatever the number: the real one decides, and sets errno. */
HIDDEN long syscall_decoded(long n, long a, long b, long c, long d, long e, long f) {
  struct words words = {n, a, b, c, d, e, f};
  if (n == SYS_seccomp) return sandboxed(&words);
  if (n == SYS_prctl) return prctl((int)a, b, c, d, e);
  if (!live()) return forward(&words);
  if (n == SYS_exit_group) end_process((int)a);
  if (n == SYS_io_uring_enter) ring_entered((int)a, (unsigned)b, (unsigned)d);
  long result = name_call(&words);
  if (n == SYS_io_uring_setup) ring_made(result, (const struct ring_settings *)b);
  return result;
}
