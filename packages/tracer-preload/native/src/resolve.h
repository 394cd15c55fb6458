/*
 * The next definition behind each hook of ours (resolve.c), which is what the program would have called. Looked for when it is first needed, by the objects' own symbol
 * tables: dlsym may allocate, and an allocator may call us.
 */
#ifndef ROAR_RESOLVE_H
#define ROAR_RESOLVE_H

#include <time.h>

#include "base.h"

void resolve_start(void); /* from the constructor or the first hook */
/* The kernel's clock out of its own object, for no system call. NULL: none was found. */
typedef int coarse_clock(int clock, struct timespec *now);
extern HIDDEN coarse_clock *clock_of_kernel;

/* Every name that is hooked, or needed by a hook. REAL(name, type) is the next definition behind ours; NULL where the program's libc has none. */
#define REAL_NAMES(X) \
  X(open) X(open64) X(openat) X(openat64) X(creat) X(creat64) X(__open_2) X(__open64_2) X(__openat_2) X(__openat64_2) X(open_by_handle_at) X(__open) X(__open64) \
  X(fopen) X(fopen64) X(freopen) X(freopen64) X(fdopen) X(fclose) X(tmpfile) X(tmpfile64) X(fileno) X(closedir) X(dirfd) X(popen) X(pclose) X(_IO_fopen) X(_IO_fdopen) X(_IO_fclose) X(_IO_fflush) X(_IO_popen) X(_IO_fread) X(_IO_fgets) X(__getdelim) \
  X(fread) X(fread_unlocked) X(fgets) X(fgetc) X(getc) X(_IO_getc) X(fgetws) X(fgetwc) X(getwc) X(rewind) X(fseek) X(fseeko) X(fseeko64) X(fsetpos) X(fsetpos64) X(fflush) X(setmntent) X(endmntent) X(vfscanf) X(getline) X(getdelim) X(__fread_chk) X(__fgets_chk) \
  X(fstat) X(fstat64) X(__fxstat) X(__fxstat64) X(read) X(pread) X(pread64) X(readv) X(preadv) X(preadv64) X(preadv2) X(preadv64v2) X(__read_chk) X(__pread_chk) X(__pread64_chk) X(__read) X(__pread64) \
  X(write) X(pwrite) X(pwrite64) X(writev) X(pwritev) X(pwritev64) X(pwritev2) X(pwritev64v2) X(__write) X(__pwrite64) \
  X(sendfile) X(sendfile64) X(copy_file_range) X(splice) X(tee) X(vmsplice) X(ioctl) \
  X(futimens) X(futimes) X(utimensat) X(futimesat) X(utimes) X(lutimes) X(utime) \
  X(truncate) X(truncate64) X(ftruncate) X(ftruncate64) X(fallocate) X(fallocate64) X(posix_fallocate) X(posix_fallocate64) \
  X(close) X(closefrom) X(close_range) X(dup) X(dup2) X(dup3) X(fcntl) X(fcntl64) X(__close) X(__fcntl) \
  X(rename) X(renameat) X(renameat2) X(link) X(linkat) X(symlink) X(symlinkat) X(unlink) X(unlinkat) X(remove) X(shm_open) X(shm_unlink) X(rmdir) X(mkdir) X(mkdirat) X(mknod) X(mknodat) X(__xmknod) X(__xmknodat) \
  X(mkstemp) X(mkstemp64) X(mkostemp) X(mkostemp64) X(mkstemps) X(mkstemps64) X(mkostemps) X(mkostemps64) X(mkdtemp) \
  X(mmap) X(mmap64) X(mprotect) X(mlockall) X(chroot) X(chdir) X(fchdir) X(prctl) X(syscall) \
  X(aio_read) X(aio_read64) X(aio_write) X(aio_write64) X(lio_listio) X(lio_listio64) \
  X(execve) X(execv) X(execvpe) X(fexecve) X(execveat) X(posix_spawn) X(posix_spawnp) X(posix_spawn_file_actions_addopen) X(posix_spawn_file_actions_destroy) X(system) X(wordexp) \
  X(fork) X(__fork) X(_Fork) X(kill) X(killpg) X(dlopen) X(dlmopen) X(dlclose) X(dlsym) X(dlvsym) X(_mcleanup) X(io_submit) X(io_uring_setup) X(io_uring_queue_init) X(io_uring_queue_init_params) X(io_uring_queue_init_mem) X(exit) X(_exit) X(_Exit) X(quick_exit) X(on_exit) X(__libc_start_main) X(verr) X(verrx) X(clone) X(pthread_cancel) X(unshare) X(setns) X(mount) X(connect) X(sendmsg) X(sendmmsg) X(daemon) X(forkpty) X(bindtextdomain) X(tzset) X(setlocale) X(newlocale) X(catopen) X(getdate) X(updwtmp) X(updwtmpx) X(gnu_get_libc_version) X(stdin) X(stdout) X(stderr)
enum real_index {
#define X(name) REAL_##name,
  REAL_NAMES(X)
#undef X
  REAL_COUNT
};
extern HIDDEN void *real_table[REAL_COUNT];
#define REAL_ABSENT ((void *)-1)
void *resolve_one(enum real_index index); /* NULL: the program's libc has no such function */
void *resolve_early(enum real_index index); /* REAL, for hooks that are called before other objects have begun */
void *resolve_late(enum real_index index); /* where REAL has none, and a caller proves that there is one by now */
/* Our hook in the place of a function that it calls: `found`, by this name or by another name of libc's for it. */
void *resolve_hook(const char *name, void *found);
static inline void *real_at(enum real_index index) {
  void *known = real_table[index];
  if (unlikely(!known)) return resolve_one(index);
  return likely(known != REAL_ABSENT) ? known : NULL;
}
#define REAL(name, type) ((type)real_at(REAL_##name))

#endif
