/* What each system call means, by its number: this machine's, and that of its 32-bit programs. */
#ifndef ROAR_CALLS_H
#define ROAR_CALLS_H
#include <asm/unistd.h>
#include "kernel.h"
#include <bpf/bpf_helpers.h>

enum call {
  CALL_NONE, CALL_READ, CALL_READV, CALL_WRITE, CALL_OPEN, CALL_CREAT, CALL_OPENAT, CALL_OPENAT2, CALL_OPEN_HANDLE, CALL_MMAP, CALL_MPROTECT,
  CALL_SENDFILE, CALL_COPY_RANGE, CALL_SPLICE, CALL_IOCTL, CALL_TRUNCATE, CALL_FTRUNCATE, CALL_IO_SUBMIT, CALL_PRCTL, CALL_OLD_MMAP,
  CALL_NAMES, /* from here on: calls that change names */
  CALL_RENAME = CALL_NAMES, CALL_RENAMEAT, CALL_RENAMEAT2, CALL_LINK, CALL_LINKAT, CALL_SYMLINK, CALL_SYMLINKAT, CALL_UNLINK, CALL_UNLINKAT, CALL_RMDIR,
  CALL_MKDIR, CALL_MKDIRAT, CALL_MKNOD, CALL_MKNODAT,
};

static const u8 native_calls[512] = {
  [__NR_read] = CALL_READ, [__NR_pread64] = CALL_READ, [__NR_readv] = CALL_READV, [__NR_preadv] = CALL_READV, [__NR_preadv2] = CALL_READV,
  [__NR_write] = CALL_WRITE, [__NR_pwrite64] = CALL_WRITE, [__NR_writev] = CALL_WRITE, [__NR_pwritev] = CALL_WRITE, [__NR_pwritev2] = CALL_WRITE,
  [__NR_openat] = CALL_OPENAT, [437] = CALL_OPENAT2, [__NR_open_by_handle_at] = CALL_OPEN_HANDLE, [__NR_mmap] = CALL_MMAP,
  [__NR_mprotect] = CALL_MPROTECT, [__NR_pkey_mprotect] = CALL_MPROTECT, [__NR_sendfile] = CALL_SENDFILE, [__NR_copy_file_range] = CALL_COPY_RANGE,
  [__NR_splice] = CALL_SPLICE, [__NR_ioctl] = CALL_IOCTL, [__NR_truncate] = CALL_TRUNCATE, [__NR_ftruncate] = CALL_FTRUNCATE,
  [__NR_fallocate] = CALL_FTRUNCATE, [__NR_io_submit] = CALL_IO_SUBMIT, [__NR_prctl] = CALL_PRCTL, [__NR_renameat] = CALL_RENAMEAT,
  [__NR_renameat2] = CALL_RENAMEAT2, [__NR_linkat] = CALL_LINKAT, [__NR_symlinkat] = CALL_SYMLINKAT, [__NR_unlinkat] = CALL_UNLINKAT,
  [__NR_mkdirat] = CALL_MKDIRAT, [__NR_mknodat] = CALL_MKNODAT,
#ifdef __NR_open
  [__NR_open] = CALL_OPEN, [__NR_creat] = CALL_CREAT, [__NR_rename] = CALL_RENAME, [__NR_link] = CALL_LINK, [__NR_symlink] = CALL_SYMLINK,
  [__NR_unlink] = CALL_UNLINK, [__NR_rmdir] = CALL_RMDIR, [__NR_mkdir] = CALL_MKDIR, [__NR_mknod] = CALL_MKNOD,
#endif
};

#if defined(__TARGET_ARCH_x86)
/* arch/x86/entry/syscalls/syscall_32.tbl */
static const u8 foreign_calls[512] = {
  [3] = CALL_READ, [180] = CALL_READ, [145] = CALL_READV, [333] = CALL_READV, [378] = CALL_READV, [4] = CALL_WRITE, [181] = CALL_WRITE,
  [146] = CALL_WRITE, [334] = CALL_WRITE, [379] = CALL_WRITE, [5] = CALL_OPEN, [8] = CALL_CREAT, [295] = CALL_OPENAT, [437] = CALL_OPENAT2,
  [342] = CALL_OPEN_HANDLE, [192] = CALL_MMAP, [90] = CALL_OLD_MMAP, [125] = CALL_MPROTECT, [380] = CALL_MPROTECT, [187] = CALL_SENDFILE,
  [239] = CALL_SENDFILE, [377] = CALL_COPY_RANGE, [313] = CALL_SPLICE, [54] = CALL_IOCTL, [92] = CALL_TRUNCATE, [193] = CALL_TRUNCATE,
  [93] = CALL_FTRUNCATE, [194] = CALL_FTRUNCATE, [324] = CALL_FTRUNCATE, [38] = CALL_RENAME, [302] = CALL_RENAMEAT, [353] = CALL_RENAMEAT2,
  [9] = CALL_LINK, [303] = CALL_LINKAT, [83] = CALL_SYMLINK, [304] = CALL_SYMLINKAT, [10] = CALL_UNLINK, [301] = CALL_UNLINKAT, [40] = CALL_RMDIR,
  [39] = CALL_MKDIR, [296] = CALL_MKDIRAT, [14] = CALL_MKNOD, [297] = CALL_MKNODAT,
};
#endif

struct call_args { u64 at[6]; };

/* The class of the call that ends, or is under way, in the present thread. */
static __always_inline u32 call_of(struct task_struct *task, struct pt_regs *regs, bool *foreign) {
#if defined(__TARGET_ARCH_x86)
  u64 number = regs->orig_ax;
  *foreign = (task->thread_info.status & TS_COMPAT) != 0;
  if (*foreign) return number < 512 ? foreign_calls[number & 511] : CALL_NONE;
  number &= ~0x40000000ull; /* x32 has the same numbers for these */
  return number < 512 ? native_calls[number & 511] : CALL_NONE;
#else
  u64 number = (u32)regs->syscallno;
  *foreign = false;
  return number < 512 ? native_calls[number & 511] : CALL_NONE;
#endif
}

static __always_inline void args_of(struct pt_regs *regs, bool foreign, struct call_args *args) {
#if defined(__TARGET_ARCH_x86)
  if (foreign) {
    args->at[0] = (u32)regs->bx, args->at[1] = (u32)regs->cx, args->at[2] = (u32)regs->dx;
    args->at[3] = (u32)regs->si, args->at[4] = (u32)regs->di, args->at[5] = (u32)regs->bp;
    return;
  }
  args->at[0] = regs->di, args->at[1] = regs->si, args->at[2] = regs->dx, args->at[3] = regs->r10, args->at[4] = regs->r8, args->at[5] = regs->r9;
#else
  args->at[0] = regs->orig_x0;
  for (int i = 1; i < 6; i++) args->at[i] = regs->regs[i];
#endif
}
#endif
