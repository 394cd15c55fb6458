/*
 * The kernel's own structures, as far as they are looked at. Where a field lies is put in when the program is loaded, from the running kernel's type
 * data (CO-RE), so that this page stands for all kernels and nothing is generated. A name behind ___ is another kernel's form of the same structure.
 */
#ifndef ROAR_KERNEL_H
#define ROAR_KERNEL_H
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;
typedef long long s64;
/* As libbpf's helper definitions name them. */
typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef s32 __s32;
typedef s64 __s64;
typedef u16 __be16;
typedef u32 __be32;
typedef u32 __wsum;
typedef _Bool bool;
#define true 1
#define false 0

enum { BPF_MAP_TYPE_HASH = 1, BPF_MAP_TYPE_ARRAY = 2, BPF_MAP_TYPE_PERCPU_ARRAY = 6, BPF_MAP_TYPE_LRU_HASH = 9, BPF_MAP_TYPE_ARRAY_OF_MAPS = 12, BPF_MAP_TYPE_RINGBUF = 27 };
enum { BPF_F_NO_PREALLOC = 1 };
enum { BPF_ANY = 0, BPF_NOEXIST = 1, BPF_RB_NO_WAKEUP = 1, BPF_RB_FORCE_WAKEUP = 2, BPF_RB_AVAIL_DATA = 0 };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct { int counter; } atomic_t;
struct hlist_node { struct hlist_node *next, **pprev; };
struct hlist_head { struct hlist_node *first; };
struct hlist_bl_node { struct hlist_bl_node *next, **pprev; };
struct timespec64 { s64 tv_sec; long tv_nsec; };
struct qstr { union { struct { u32 hash, len; }; u64 hash_len; }; const unsigned char *name; };

struct super_block { u32 s_dev; unsigned long s_magic; struct dentry *s_root; };
struct inode {
  u16 i_mode;
  unsigned int i_flags;
  struct super_block *i_sb;
  unsigned long i_ino;
  unsigned int i_nlink;
  s64 i_size;
  s64 i_mtime_sec, i_ctime_sec; /* Linux 6.11 */
  u32 i_mtime_nsec, i_ctime_nsec;
  u32 i_generation;
  struct hlist_head i_dentry;
};
struct inode___plain { struct timespec64 i_mtime, i_ctime; };     /* to Linux 6.5 */
struct inode___wrapped { struct timespec64 __i_mtime, __i_ctime; }; /* to Linux 6.10 */
struct dentry {
  struct hlist_bl_node d_hash;
  struct dentry *d_parent;
  struct qstr d_name;
  struct inode *d_inode;
  struct super_block *d_sb;
  union { struct hlist_node d_alias; } d_u;
};
struct vfsmount { struct dentry *mnt_root; struct super_block *mnt_sb; int mnt_flags; };
struct mnt_namespace;
struct mount { struct mount *mnt_parent; struct dentry *mnt_mountpoint; struct vfsmount mnt; struct mnt_namespace *mnt_ns; };
struct path { struct vfsmount *mnt; struct dentry *dentry; };
struct file { unsigned int f_mode; struct inode *f_inode; unsigned int f_flags; struct path f_path; };
struct fdtable { unsigned int max_fds; struct file **fd; };
struct files_struct { struct fdtable *fdt; };
struct fs_struct { struct path root, pwd; };
struct nsproxy { struct mnt_namespace *mnt_ns; };
struct upid { int nr; };
struct pid { unsigned int level; struct upid numbers[1]; };
struct maple_tree { void *ma_root; };
struct maple_metadata { unsigned char end; };
struct maple_range_64 { unsigned long pivot[15]; void *slot[16]; struct maple_metadata meta; };
struct maple_arange_64 { unsigned long pivot[9]; void *slot[10]; struct maple_metadata meta; };
struct mm_struct { unsigned long arg_start, arg_end, saved_auxv[2]; struct maple_tree mm_mt; /* Linux 6.1 */ };
struct signal_struct { atomic_t live; int group_exit_code; unsigned int flags; };
struct thread_info { u32 status; };
struct task_struct {
  struct thread_info thread_info;
  unsigned int flags;
  struct mm_struct *mm;
  int exit_code;
  int pid, tgid;
  struct task_struct *group_leader;
  struct pid *thread_pid;
  u64 start_boottime;
  struct fs_struct *fs;
  struct files_struct *files;
  struct nsproxy *nsproxy;
  struct signal_struct *signal;
};
struct linux_binprm { struct file *file; const char *filename, *interp; };
struct vm_area_struct { unsigned long vm_start, vm_end, vm_flags; struct mm_struct *vm_mm; struct file *vm_file; };
struct filename { const char *name; };

struct io_rsrc_node { unsigned long file_ptr; };
struct io_rsrc_data { unsigned int nr; struct io_rsrc_node **nodes; };
struct io_file_table { struct io_rsrc_data data; }; /* Linux 6.13 */
struct io_ring_ctx { unsigned int flags; struct io_file_table file_table; };
struct io_uring_cqe { u64 user_data; s32 res; u32 flags; };
struct io_kiocb { struct file *file; u8 opcode; u64 flags; struct io_ring_ctx *ctx; };
struct io_rename { int old_dfd, new_dfd; struct filename *oldpath, *newpath; int flags; };
struct io_unlink { int dfd, flags; struct filename *filename; };
struct io_link { int old_dfd, new_dfd; struct filename *oldpath, *newpath; int flags; };
struct io_mkdir { int dfd; u16 mode; struct filename *filename; };
struct io_splice { struct file *file_out; int splice_fd_in; };

#if defined(__x86_64__) || defined(__TARGET_ARCH_x86)
struct pt_regs { unsigned long bp, bx, r10, r9, r8, cx, dx, si, di, orig_ax; };
#else
struct pt_regs { u64 regs[31]; u64 orig_x0; s32 syscallno; };
#endif
#pragma clang attribute pop

#define S_IFMT 0170000
#define S_IFREG 0100000
#define S_IFDIR 0040000
#define AT_FDCWD -100
#define FMODE_CREATED 0x100000 /* Linux 4.19 */
#define FMODE_WRITE 2
#define FMODE_PATH 0x4000
#define S_DEAD 16
#define MNT_INTERNAL 0x4000
#define PROC_MAGIC 0x9fa0
#define PF_IO_WORKER 0x10 /* does the requests of an io_uring that cannot be done at once */
#define SIGNAL_GROUP_EXIT 4
#define TS_COMPAT 2
#endif
