/* Facts about open files: who a file is, whether this was told before, and the telling. */
#ifndef ROAR_FILES_H
#define ROAR_FILES_H
#include "paths.bpf.h"
#include "told.bpf.h"
#include "access.h"

#define NS_PER_S 1000000000ull
#define CTIME_MASK 0x3fffffff /* bits above are the kernel's own marks (multigrain times, Linux 6.13) */

struct stamp { u64 size, mtime_ns, ctime_ns; };

static __always_inline void read_stamp(struct inode *inode, struct stamp *stamp) {
  stamp->size = LOOK(struct inode, inode, i_size);
  if (bpf_core_field_exists(inode->i_mtime_sec)) {
    stamp->mtime_ns = LOOK(struct inode, inode, i_mtime_sec) * NS_PER_S + LOOK(struct inode, inode, i_mtime_nsec);
    stamp->ctime_ns = LOOK(struct inode, inode, i_ctime_sec) * NS_PER_S + (LOOK(struct inode, inode, i_ctime_nsec) & CTIME_MASK);
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
  struct super_block *sb = LOOK(struct inode, inode, i_sb);
  read_stamp(inode, &stamp);
  event->mode = LOOK(struct inode, inode, i_mode);
  event->links = LOOK(struct inode, inode, i_nlink);
  event->ino = LOOK(struct inode, inode, i_ino);
  event->generation = LOOK(struct inode, inode, i_generation);
  event->device = LOOK(struct super_block, sb, s_dev);
  event->magic = LOOK(struct super_block, sb, s_magic);
  event->file_size = stamp.size;
  event->mtime_ns = stamp.mtime_ns;
  event->ctime_ns = stamp.ctime_ns;
}

/* An open descriptor's file; 0: none. */
static __always_inline struct file *file_of(int fd) {
  struct task_struct *task = bpf_get_current_task_btf();
  struct fdtable *table = task->files->fdt;
  if ((u32)fd >= table->max_fds) return 0;
  return (struct file *)word_at(table->fd, (u32)fd);
}

/* The place of a file among the few that a process works with at a time. */
static __always_inline struct recent *recent_of(struct tracked *who, struct file *file) {
  return &who->recent[((u64)file >> 8) & (RECENT_FILES - 1)];
}

/*
 * Reads and writes come by the million, to a few files at a time: the same file as a moment ago is told from three numbers. Addresses alone would not do, since
 * they come again. Two threads may store here at once: the seal is as in told.bpf.h.
 */
static __always_inline bool is_recent(struct tracked *who, struct file *file, u32 access) {
  struct recent *recent = recent_of(who, file);
  u64 seal = *(volatile u64 *)&recent->seal;
  if ((seal & access) != access || (recent->file ^ seal) != (u64)file) return false;
  struct inode *inode = LOOK(struct file, file, f_inode);
  return (recent->inode ^ seal) == (u64)inode && (recent->ino ^ seal) == LOOK(struct inode, inode, i_ino);
}

static __always_inline void remember(struct tracked *who, struct file *file, struct inode *inode, u64 ino, u64 seal) {
  struct recent *recent = recent_of(who, file);
  *(volatile u64 *)&recent->seal = 0;
  recent->file = (u64)file ^ seal, recent->inode = (u64)inode ^ seal, recent->ino = ino ^ seal;
  *(volatile u64 *)&recent->seal = seal;
}

/* A name that is in no directory any more, or was never in one. */
static __always_inline bool is_unhashed(struct dentry *dentry) {
  return !LOOK(struct dentry, dentry, d_hash.pprev) && LOOK(struct dentry, dentry, d_parent) != dentry;
}

static __noinline bool tell_file(struct tracked *who, struct file *file, u32 access, u16 kind) {
  struct scratch *scratch = scratch_get();
  if (!scratch || !who) return false;
  struct event *event = event_begin(scratch, who, kind);
  struct path path = path_of(file);
  put_inode(event, LOOK(struct file, file, f_inode));
  event->access = access | (is_unhashed(path.dentry) ? ACCESS_UNNAMED : 0);
  u32 end = put_text_path(scratch, who->slot, TEXT_BASE, &path, sizeof *event);
  return send(scratch, who->slot, end, false);
}

static __always_inline struct told_key key_of(struct tracked *who, struct inode *inode) {
  struct super_block *sb = LOOK(struct inode, inode, i_sb);
  u64 generation = LOOK(struct inode, inode, i_generation);
  return (struct told_key){LOOK(struct inode, inode, i_ino), generation << 32 | LOOK(struct super_block, sb, s_dev), who->serial};
}

static __always_inline bool is_internal(struct file *file) {
  struct vfsmount *mount = LOOK(struct file, file, f_path.mnt);
  return (LOOK(struct vfsmount, mount, mnt_flags) & MNT_INTERNAL) != 0;
}

/* Tells what of `access` this process has not told of this very file yet. */
ONCE int note_another(struct tracked *who, u64 address, u32 access) {
  struct file *file = (struct file *)address;
  if (!file || !who) return 0;
  struct inode *inode = LOOK(struct file, file, f_inode);
  if ((LOOK(struct inode, inode, i_mode) & S_IFMT) != S_IFREG) return 0;
  struct told_key key = key_of(who, inode);
  struct told_set *set = told_set_of(&key);
  u32 known = 0;
  if (!set) return 0;
  int way = told_way(set, &key, &known);
  if ((known & access) == access && !(access & (ACCESS_CREATED | ACCESS_TRUNCATED))) {
    remember(who, file, inode, key.ino, seal_for(known));
    count_repeated(who->slot);
    return 0;
  }
  if (is_internal(file)) return 0;
  /* A file that is made now may have the number, and on some file systems the generation, of one that is gone. */
  u64 seal = seal_for(access | (access & ACCESS_CREATED ? 0 : known));
  if (!tell_file(who, file, access, EVENT_FILE)) return 0;
  told_store(set, way, &key, seal);
  remember(who, file, inode, key.ino, seal);
  return 0;
}

static __always_inline void note_file(struct tracked *who, struct file *file, u32 access) {
  if (!file) return;
  if (!(access & (ACCESS_CREATED | ACCESS_TRUNCATED)) && is_recent(who, file, access)) return count_repeated(who->slot);
  note_another(who, (u64)file, access);
}
#endif
