/* Facts about open files: who a file is, whether this was told before, and the telling. */
#ifndef ROAR_FILES_H
#define ROAR_FILES_H
#include "paths.bpf.h"
#include "access.h"

/*
 * A pointer to the kernel's memory that can be followed without a call for each step (a load that faults gives 0). Linux 6.2; roard says whether it is there, and
 * the verifier leaves the other branch out.
 */
extern void *bpf_rdonly_cast(void *object, u32 type) __attribute__((section(".ksyms"), weak));
const volatile bool can_cast = false;

#define NS_PER_S 1000000000ull
#define CTIME_MASK 0x3fffffff /* bits above are the kernel's own marks (multigrain times, Linux 6.13) */

struct stamp { u64 size, mtime_ns, ctime_ns; };

static __always_inline void read_stamp(struct inode *inode, struct stamp *stamp) {
  stamp->size = BPF_CORE_READ(inode, i_size);
  if (bpf_core_field_exists(inode->i_mtime_sec)) {
    stamp->mtime_ns = BPF_CORE_READ(inode, i_mtime_sec) * NS_PER_S + BPF_CORE_READ(inode, i_mtime_nsec);
    stamp->ctime_ns = BPF_CORE_READ(inode, i_ctime_sec) * NS_PER_S + (BPF_CORE_READ(inode, i_ctime_nsec) & CTIME_MASK);
    return;
  }
  struct inode___plain *plain = (void *)inode;
  struct inode___wrapped *wrapped = (void *)inode;
  struct timespec64 modified = {}, changed = {};
  if (bpf_core_field_exists(plain->i_mtime)) {
    bpf_core_read(&modified, sizeof modified, &plain->i_mtime);
    if (bpf_core_field_exists(plain->i_ctime)) bpf_core_read(&changed, sizeof changed, &plain->i_ctime);
  } else {
    bpf_core_read(&modified, sizeof modified, &wrapped->__i_mtime);
  }
  if (bpf_core_field_exists(wrapped->__i_ctime)) bpf_core_read(&changed, sizeof changed, &wrapped->__i_ctime);
  stamp->mtime_ns = modified.tv_sec * NS_PER_S + modified.tv_nsec;
  stamp->ctime_ns = changed.tv_sec * NS_PER_S + changed.tv_nsec;
}

static __always_inline void put_inode(struct event *event, struct inode *inode) {
  struct stamp stamp;
  struct super_block *sb = BPF_CORE_READ(inode, i_sb);
  read_stamp(inode, &stamp);
  event->mode = BPF_CORE_READ(inode, i_mode);
  event->links = BPF_CORE_READ(inode, i_nlink);
  event->ino = BPF_CORE_READ(inode, i_ino);
  event->device = BPF_CORE_READ(sb, s_dev);
  event->magic = BPF_CORE_READ(sb, s_magic);
  event->file_size = stamp.size;
  event->mtime_ns = stamp.mtime_ns;
  event->ctime_ns = stamp.ctime_ns;
}

/* An open descriptor's file; 0: none. */
static __always_inline struct file *file_of(int fd) {
  struct task_struct *task = bpf_get_current_task_btf();
  struct fdtable *table = task->files->fdt;
  struct file *file = 0;
  if ((u32)fd >= table->max_fds) return 0;
  bpf_probe_read_kernel(&file, sizeof file, table->fd + (u32)fd);
  return file;
}

struct identity { struct inode *inode; u64 ino; };

static __always_inline struct identity identity_of(struct file *file) {
  struct inode *inode;
  if (can_cast) {
    inode = ((struct file *)bpf_rdonly_cast(file, bpf_core_type_id_kernel(struct file)))->f_inode;
    return (struct identity){inode, ((struct inode *)bpf_rdonly_cast(inode, bpf_core_type_id_kernel(struct inode)))->i_ino};
  }
  inode = BPF_CORE_READ(file, f_inode);
  return (struct identity){inode, BPF_CORE_READ(inode, i_ino)};
}

static __always_inline struct recent *recent_of(struct tracked *who, struct file *file) {
  return &who->recent[((u64)file >> 8) & (RECENT_FILES - 1)];
}

/*
 * Reads and writes come by the million, to a few files at a time: the same file as a moment ago is told from three numbers. Addresses alone would not do, since
 * they come again.
 */
static __always_inline bool is_recent(struct tracked *who, struct file *file, u32 access) {
  struct recent *recent = recent_of(who, file);
  u32 known = recent->access;
  if ((known & access) != access || recent->file != (u64)file) return false;
  struct identity identity = identity_of(file);
  return recent->inode == (u64)identity.inode && recent->ino == identity.ino;
}

static __always_inline void remember(struct tracked *who, struct file *file, struct inode *inode, u64 ino, u32 access) {
  struct recent *recent = recent_of(who, file);
  recent->access = 0;
  recent->file = (u64)file, recent->inode = (u64)inode, recent->ino = ino;
  recent->access = access;
}

/* A name that is in no directory any more, or was never in one. */
static __always_inline bool is_unhashed(struct dentry *dentry) {
  return !BPF_CORE_READ(dentry, d_hash.pprev) && BPF_CORE_READ(dentry, d_parent) != dentry;
}

static __noinline bool tell_file(struct tracked *who, struct file *file, u32 access, u16 kind) {
  struct scratch *scratch = scratch_get();
  if (!scratch || !who) return false;
  struct event *event = event_begin(scratch, who, kind);
  struct path path = BPF_CORE_READ(file, f_path);
  put_inode(event, BPF_CORE_READ(file, f_inode));
  event->access = access | (is_unhashed(path.dentry) ? ACCESS_UNNAMED : 0);
  u32 end = put_text_path(scratch, who->slot, TEXT_BASE, &path, sizeof *event);
  return send(scratch, who->slot, end, false);
}

/* Tells what of `access` this process has not told of this very file yet. */
ONCE int note_another(struct tracked *who, u64 address, u32 access) {
  struct file *file = (struct file *)address;
  if (!file || !who) return 0;
  struct inode *inode = BPF_CORE_READ(file, f_inode);
  struct told_key key = {.tgid = bpf_get_current_pid_tgid() >> 32, .slot = who->slot};
  if ((BPF_CORE_READ(inode, i_mode) & S_IFMT) != S_IFREG) return 0;
  key.ino = BPF_CORE_READ(inode, i_ino);
  key.generation = BPF_CORE_READ(inode, i_generation);
  key.device = BPF_CORE_READ(inode, i_sb, s_dev);
  u32 *known = bpf_map_lookup_elem(&told, &key);
  if (known && (*known & access) == access && !(access & (ACCESS_CREATED | ACCESS_TRUNCATED))) {
    remember(who, file, inode, key.ino, *known);
    count_repeated(who->slot);
    return 0;
  }
  if (BPF_CORE_READ(file, f_path.mnt, mnt_flags) & MNT_INTERNAL) return 0;
  /* A file that is made now may have the number, and on some file systems the generation, of one that is gone. */
  u32 all = access | (known && !(access & ACCESS_CREATED) ? *known : 0);
  if (!tell_file(who, file, access, EVENT_FILE)) return 0;
  bpf_map_update_elem(&told, &key, &all, BPF_ANY);
  remember(who, file, inode, key.ino, all);
  return 0;
}

static __always_inline void note_file(struct tracked *who, struct file *file, u32 access) {
  if (!file) return;
  if (!(access & (ACCESS_CREATED | ACCESS_TRUNCATED)) && is_recent(who, file, access)) return count_repeated(who->slot);
  note_another(who, (u64)file, access);
}
#endif
