/* The one table of calls that stop: their numbers on this machine and for its 32-bit programs, and what the filter lets pass of each. */
#include <linux/audit.h>
#include <sys/syscall.h>

#include "supervise.h"

#ifdef __x86_64__
#define OLD(name) SYS_##name /* not on arm64, which has only the *at forms */
#define NARROW(number) number
#else
#define OLD(name) -1
#define NARROW(number) -1 /* 32-bit Arm programs have a table of their own: announced, not decoded */
#endif
#define ROW(id, native, i386, narrowing) {CALL_##id, native, NARROW(i386), narrowing}

/* In the order of frequency: the filter compares one after the other. The i386 numbers: arch/x86/entry/syscalls/syscall_32.tbl. */
const struct call_row call_rows[] = {
  ROW(CLOSE, SYS_close, 6, NOT_MAPPED),
  ROW(OPENAT, SYS_openat, 295, FLAGS_AT_2),
  ROW(MMAP, SYS_mmap, 192, FILE_MAPPING),
  ROW(OPEN, OLD(open), 5, FLAGS_AT_1),
  ROW(CREAT, OLD(creat), 8, ALWAYS),
  ROW(OPENAT2, 437, 437, ALWAYS),
  ROW(OPEN_HANDLE, SYS_open_by_handle_at, 342, FLAGS_AT_2),
  ROW(CLOSE_RANGE, 436, 436, ALWAYS),
  ROW(DUP2, OLD(dup2), 63, ALWAYS),
  ROW(DUP3, SYS_dup3, 330, ALWAYS),
  ROW(TRUNCATE, SYS_truncate, 92, ALWAYS),
  ROW(TRUNCATE, -1, 193, ALWAYS),
  ROW(FTRUNCATE, SYS_ftruncate, 93, ALWAYS),
  ROW(FTRUNCATE, -1, 194, ALWAYS),
  ROW(FALLOCATE, SYS_fallocate, 324, ALWAYS),
  ROW(RENAME, OLD(rename), 38, ALWAYS),
  ROW(RENAMEAT, SYS_renameat, 302, ALWAYS),
  ROW(RENAMEAT2, SYS_renameat2, 353, ALWAYS),
  ROW(LINK, OLD(link), 9, ALWAYS),
  ROW(LINKAT, SYS_linkat, 303, ALWAYS),
  ROW(SYMLINK, OLD(symlink), 83, ALWAYS),
  ROW(SYMLINKAT, SYS_symlinkat, 304, ALWAYS),
  ROW(UNLINK, OLD(unlink), 10, ALWAYS),
  ROW(UNLINKAT, SYS_unlinkat, 301, ALWAYS),
  ROW(RMDIR, OLD(rmdir), 40, ALWAYS),
  ROW(MKDIR, OLD(mkdir), 39, ALWAYS),
  ROW(MKDIRAT, SYS_mkdirat, 296, ALWAYS),
  ROW(MKNOD, OLD(mknod), 14, ALWAYS),
  ROW(MKNODAT, SYS_mknodat, 297, ALWAYS),
  ROW(SENDFILE, SYS_sendfile, 187, ALWAYS),
  ROW(SENDFILE, -1, 239, ALWAYS),
  ROW(COPY_FILE_RANGE, SYS_copy_file_range, 377, ALWAYS),
  ROW(SPLICE, SYS_splice, 313, ALWAYS),
  ROW(IOCTL, SYS_ioctl, 54, CLONING_IOCTL),
  ROW(RING_ENTER, 426, 426, ALWAYS),
  ROW(EXECVE, SYS_execve, 11, ALWAYS),
  ROW(EXECVEAT, SYS_execveat, 358, ALWAYS),
  ROW(EXIT, SYS_exit, 1, ALWAYS),
  ROW(EXIT_GROUP, SYS_exit_group, 252, ALWAYS),
  ROW(FORK, OLD(fork), 2, ALWAYS),
  ROW(FORK, OLD(vfork), 190, ALWAYS),
  ROW(CLONE, SYS_clone, 120, ALWAYS),
  ROW(CLONE3, 435, 435, ALWAYS),
  ROW(KILL, SYS_kill, 37, SIGNAL_AT_1),
  ROW(TKILL, SYS_tkill, 238, SIGNAL_AT_1),
  ROW(TGKILL, SYS_tgkill, 270, SIGNAL_AT_2),
  ROW(PIDFD_SIGNAL, 424, 424, SIGNAL_AT_1),
  ROW(NEW_PLACE, SYS_chroot, 61, ALWAYS),
  ROW(NEW_PLACE, SYS_pivot_root, 217, ALWAYS),
  ROW(LEAVE_MOUNT, SYS_umount2, 52, ALWAYS),
  ROW(LEAVE_MOUNT, -1, 22, ALWAYS),
  ROW(NEW_PLACE, SYS_unshare, 310, ALWAYS),
  ROW(NEW_PLACE, SYS_setns, 346, ALWAYS),
  /* open_tree and fsmount: what lies in a mount that is attached nowhere has no name. */
  ROW(NEW_PLACE, 428, 428, ALWAYS),
  ROW(NEW_PLACE, 432, 432, ALWAYS),
  ROW(IO_URING, 425, 425, ALWAYS),
  ROW(IO_SUBMIT, SYS_io_submit, 248, ALWAYS),
  ROW(SECCOMP, SYS_seccomp, 354, NEW_LISTENER),
  ROW(STRICT, SYS_prctl, 172, STRICT_MODE),
};
const size_t call_count = sizeof call_rows / sizeof *call_rows;

#ifdef __x86_64__
#define OWN_ARCH AUDIT_ARCH_X86_64
#else
#define OWN_ARCH AUDIT_ARCH_AARCH64
#endif

enum call_id call_of(int number, uint32_t arch) {
  for (size_t i = 0; i < call_count; i++)
    if (number == (arch == OWN_ARCH ? call_rows[i].native : call_rows[i].foreign)) return call_rows[i].id;
  return CALL_NONE;
}
