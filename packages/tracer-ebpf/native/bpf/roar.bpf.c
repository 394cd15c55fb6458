/* What the processes of a run do with files, seen at the end of their system calls: by then the kernel has the file itself. */
#include "kernel.h"
#include "calls.bpf.h"
#include "copies.bpf.h"
#include "processes.bpf.h"
#include "rings.bpf.h"

char LICENSE[] SEC("license") = "GPL"; /* the kernel asks it of programs that read its memory */

static __always_inline int name_call(struct tracked *who, u32 call, struct call_args *args, struct two_names *names) {
  u64 *a = args->at;
  switch (call) {
    case CALL_UNLINK: return tell_name(who, EVENT_UNLINK, AT_FDCWD, a[0], 0);
    case CALL_UNLINKAT: return tell_name(who, EVENT_UNLINK, (int)a[0], a[1], a[2] & 0x200 ? 1 : 0);
    case CALL_RMDIR: return tell_name(who, EVENT_UNLINK, AT_FDCWD, a[0], 1);
    case CALL_MKDIR: return tell_name(who, EVENT_MKDIR, AT_FDCWD, a[0], 0);
    case CALL_MKDIRAT: return tell_name(who, EVENT_MKDIR, (int)a[0], a[1], 0);
    case CALL_MKNOD: return tell_name(who, EVENT_MAKE, AT_FDCWD, a[0], (int)a[1]);
    case CALL_MKNODAT: return tell_name(who, EVENT_MAKE, (int)a[0], a[1], (int)a[2]);
    case CALL_RENAME: *names = (struct two_names){AT_FDCWD, AT_FDCWD, a[0], a[1]}; return tell_names(who, EVENT_RENAME, names, 0);
    case CALL_RENAMEAT: case CALL_RENAMEAT2: *names = (struct two_names){(int)a[0], (int)a[2], a[1], a[3]}; return tell_names(who, EVENT_RENAME, names, call == CALL_RENAMEAT2 ? (int)a[4] : 0);
    case CALL_LINK: *names = (struct two_names){AT_FDCWD, AT_FDCWD, a[0], a[1]}; return tell_names(who, EVENT_LINK, names, 0);
    case CALL_LINKAT: *names = (struct two_names){(int)a[0], (int)a[2], a[1], a[3]}; return tell_names(who, EVENT_LINK, names, (int)a[4]);
    case CALL_SYMLINK: *names = (struct two_names){AT_FDCWD, AT_FDCWD, a[0], a[1]}; return tell_names(who, EVENT_SYMLINK, names, 0);
    case CALL_SYMLINKAT: *names = (struct two_names){AT_FDCWD, (int)a[1], a[0], a[2]}; return tell_names(who, EVENT_SYMLINK, names, 0);
  }
  return 0;
}

static __always_inline int opening(struct tracked *who, u32 call, struct call_args *args, int fd) {
  u64 *a = args->at, flags = 0;
  switch (call) {
    case CALL_OPEN: return note_open(who, fd, a[1], AT_FDCWD, a[0]);
    case CALL_CREAT: return note_open(who, fd, O_TRUNC, AT_FDCWD, a[0]);
    case CALL_OPENAT: return note_open(who, fd, a[2], (int)a[0], a[1]);
    case CALL_OPEN_HANDLE: return note_open(who, fd, a[2], AT_FDCWD, 0);
  }
  bpf_probe_read_user(&flags, sizeof flags, (void *)a[2]);
  return note_open(who, fd, flags, (int)a[0], a[1]);
}

/* A call that failed has changed nothing. */
static __always_inline int forget_changed(u32 call) {
  u64 thread = bpf_get_current_pid_tgid();
  if (call >= CALL_NAMES || call == CALL_TRUNCATE) bpf_map_delete_elem(&changes, &thread);
  return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_call, struct pt_regs *regs, long result) {
  bool foreign;
  struct task_struct *task = bpf_get_current_task_btf();
  u32 call = call_of(task, regs, &foreign);
  if (call == CALL_NONE) return 0;
  struct call_args args;
  if (call == CALL_PRCTL) {
    args_of(regs, foreign, &args);
    if ((u32)args.at[0] == RUN_MAGIC) join((u32)args.at[1] & (MOST_RUNS - 1), args.at[2], args.at[3]);
    return 0;
  }
  struct tracked *who = tracked_now();
  if (!who) return 0;
  if (who->postponed) settle_postponed(who);
  if (result < 0) return forget_changed(call);
  args_of(regs, foreign, &args);
  u64 *a = args.at;
  struct two_names names = {};
  switch (call) {
    case CALL_READ: if (result > 0 || a[2]) note_read(who, (int)a[0]); break;
    case CALL_READV: if (result > 0 || a[2]) note_read(who, (int)a[0]); break;
    case CALL_WRITE: if (result > 0) note_written(who, (int)a[0]); break;
    case CALL_OPEN: case CALL_CREAT: case CALL_OPENAT: case CALL_OPENAT2: case CALL_OPEN_HANDLE: opening(who, call, &args, (int)result); break;
    case CALL_MMAP: note_mmap(who, (int)a[4], a[2], a[3]); break;
    case CALL_OLD_MMAP: {
      u32 old[6] = {};
      bpf_probe_read_user(old, sizeof old, (void *)a[0]);
      note_mmap(who, (int)old[4], old[2], old[3]);
      break;
    }
    case CALL_MPROTECT: note_protected(who, a[0], a[2]); break;
    case CALL_SENDFILE: if (result > 0) note_copy(who, (int)a[1], (int)a[0]); break;
    case CALL_COPY_RANGE: case CALL_SPLICE: if (result > 0) note_copy(who, (int)a[0], (int)a[2]); break;
    case CALL_IOCTL: note_ioctl(who, (int)a[0], (u32)a[1], a[2]); break;
    case CALL_TRUNCATE: tell_name(who, EVENT_TRUNCATE, AT_FDCWD, a[0], 0); break;
    case CALL_FTRUNCATE: note_written(who, (int)a[0]); break;
    case CALL_IO_SUBMIT: note_submitted(a[2], result); break;
    default: if (call >= CALL_NAMES) name_call(who, call, &args, &names);
  }
  return 0;
}

/* Who is touched by a call that changes names: the kernel sets the time of change of each (traced from Linux 6.13 on). */
static __always_inline int note_changed(struct inode *inode) {
  bool foreign;
  struct task_struct *task = bpf_get_current_task_btf();
  struct pt_regs *regs = (struct pt_regs *)bpf_task_pt_regs(task);
  u32 call = call_of(task, regs, &foreign);
  bool worker = (task->flags & PF_IO_WORKER) != 0;
  if ((!worker && call < CALL_NAMES && call != CALL_TRUNCATE) || !tracked_now()) return 0;
  if (inode->i_sb->s_magic == PROC_MAGIC) return 0; /* made anew by being looked up */
  u64 thread = bpf_get_current_pid_tgid();
  struct changing none = {}, *changing = bpf_map_lookup_elem(&changes, &thread);
  if (!changing) {
    bpf_map_update_elem(&changes, &thread, &none, BPF_ANY);
    changing = bpf_map_lookup_elem(&changes, &thread);
    if (!changing) return 0;
  }
  for (u32 i = 0; i < CANDIDATES; i++) {
    if (changing->inodes[i] == (u64)inode) return 0;
    if (changing->inodes[i]) continue;
    changing->inodes[i] = (u64)inode;
    changing->numbers[i] = inode->i_ino;
    changing->count = i + 1;
    return 0;
  }
  return 0;
}

SEC("?tp_btf/inode_set_ctime_to_ts")
int BPF_PROG(on_ctime_set, struct inode *inode) { return note_changed(inode); }

SEC("?tp_btf/ctime_ns_xchg")
int BPF_PROG(on_ctime_exchanged, struct inode *inode) { return note_changed(inode); }

SEC("?tp_btf/ctime_xchg_skip")
int BPF_PROG(on_ctime_kept, struct inode *inode) { return note_changed(inode); }
