/* Which system calls stop (calls.c), by what the filter narrows them (filter.c), and one that has stopped. */
#ifndef ROAR_CALLS_H
#define ROAR_CALLS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One name for all the numbers that mean the same. The order counts: up to EXECVE are calls that the preload library hooks itself, which pass when they come from
 * its page; from EXECVE on are those that concern a process as a whole, which stop wherever they come from.
 */
enum call_id {
  CALL_NONE, CALL_OPEN, CALL_CREAT, CALL_OPENAT, CALL_OPENAT2, CALL_OPEN_HANDLE, CALL_CLOSE, CALL_CLOSE_RANGE, CALL_DUP2, CALL_DUP3, CALL_MMAP,
  CALL_TRUNCATE, CALL_FTRUNCATE, CALL_FALLOCATE, CALL_RENAME, CALL_RENAMEAT, CALL_RENAMEAT2, CALL_LINK, CALL_LINKAT, CALL_SYMLINK,
  CALL_SYMLINKAT, CALL_UNLINK, CALL_UNLINKAT, CALL_RMDIR, CALL_MKDIR, CALL_MKDIRAT, CALL_MKNOD, CALL_MKNODAT, CALL_SENDFILE,
  CALL_COPY_FILE_RANGE, CALL_SPLICE, CALL_IOCTL, CALL_RING_ENTER, CALL_EXECVE, CALL_EXECVEAT, CALL_EXIT, CALL_EXIT_GROUP, CALL_FORK, CALL_CLONE, CALL_CLONE3,
  CALL_KILL, CALL_TKILL, CALL_TGKILL, CALL_PIDFD_SIGNAL, CALL_NEW_PLACE, CALL_LEAVE_MOUNT, CALL_IO_URING, CALL_IO_SUBMIT, CALL_SECCOMP, CALL_STRICT,
};

/*
 * What of a call's arguments decides whether it stops. A filter sees registers only, never memory: what lies behind a pointer (openat2's flags) stops always.
 * FLAGS_AT_n: an open that writes or makes, its flags the n-th argument. SIGNAL_AT_n: a signal that ends by default, and is not one that programs talk by.
 */
enum narrowing { ALWAYS, NOT_MAPPED, FLAGS_AT_1, FLAGS_AT_2, FLAGS_AT_3, FILE_MAPPING, SIGNAL_AT_1, SIGNAL_AT_2, CLONING_IOCTL, NEW_LISTENER, STRICT_MODE };

struct call_row {
  enum call_id id;
  int native, foreign; /* numbers for this machine and for its 32-bit programs; -1: none */
  enum narrowing narrowing;
};
extern const struct call_row call_rows[];
extern const size_t call_count;
/* `arch`: AUDIT_ARCH_*, as the kernel told it with the number; CALL_NONE for what does not stop. */
enum call_id call_of(int number, uint32_t arch);

/* Who is asked when a call stops: a listener's holder (SECCOMP_RET_USER_NOTIF), or a tracer (SECCOMP_RET_TRACE). */
enum answerer { LISTENER, TRACER };
/* For this process and all that come of it, for good. The listener's descriptor (0 for TRACER); -1 with errno where the kernel gives none. */
int filter_install(enum answerer answerer);
/* Set where the kernel wanted no-new-privileges for it: set-id programs then run without their privilege, for nobody may get more by our filter. */
extern bool without_new_privileges;

/* A call that has stopped: it has not begun, and what it will return is not known. */
struct call {
  enum call_id id;
  uint64_t args[6];
  uint64_t notification; /* by which it is answered; 0 where it stopped for ptrace(2) */
  bool narrow;           /* a 32-bit program's: the upper halves of its words are cut */
  struct thread *thread;
  struct process *process;
  bool answers; /* it does not go on: `answer` is its result, or a negative errno */
  int64_t answer;
  uint64_t ticket; /* not 0: it waits until the recorder has kept the bytes that it destroys */
};

/* `roar-ptrace --check`: a line each for filter, reach and stops, with `ok` or why not; 0 where one of the two ways works. */
int check(void);

#endif
