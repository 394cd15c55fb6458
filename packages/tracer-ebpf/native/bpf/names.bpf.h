/* Calls that change names. The name is the program's own word, read after the call has used it; which file it stood for is told by the kernel. */
#ifndef ROAR_NAMES_H
#define ROAR_NAMES_H
#include "processes.bpf.h"

/* The inodes whose change time a thread's present call has set. */
struct changing { u32 count; u64 inodes[CANDIDATES]; u64 numbers[CANDIDATES]; };
struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 4096); __type(key, u64); __type(value, struct changing); } changes SEC(".maps");

static __always_inline struct path base_of(int dirfd, bool absolute) {
  struct task_struct *task = bpf_get_current_task_btf();
  struct fs_struct *fs = task->fs;
  if (absolute) return (struct path){fs->root.mnt, fs->root.dentry};
  if (dirfd == AT_FDCWD) return (struct path){fs->pwd.mnt, fs->pwd.dentry};
  struct file *file = file_of(dirfd);
  return file ? path_of(file) : (struct path){};
}

static __always_inline u32 put_name(struct event *event, struct scratch *scratch, u32 text, const char *name, bool of_kernel, u32 at) {
  at &= TEXT_ROOM - 1;
  long length = of_kernel ? bpf_probe_read_kernel_str(scratch->bytes + at, 4096, name) : bpf_probe_read_user_str(scratch->bytes + at, 4096, name);
  if (length <= 0) {
    event->flags |= EVENT_UNREAD;
    return at;
  }
  event->starts[text & 3] = at, event->lengths[text & 3] = length;
  return at + (length & 8191);
}

/* "/proc/self/fd/N": the number; -1: another name. Outside the process the name would lead to somebody else's file. */
static __always_inline int descriptor_of(const u8 *name) {
  static const char prefix[14] = "/proc/self/fd/";
  int fd = 0;
  for (int i = 0; i < 14; i++)
    if (name[i] != prefix[i]) return -1;
  for (int i = 14; i < 20 && name[i]; i++) {
    if (name[i] < '0' || name[i] > '9') return -1;
    fd = fd * 10 + name[i] - '0';
  }
  return fd;
}

/* A name, then the path that it starts from: `text` is the base's number, the name's is the next. The name comes first in the buffer. */
ONCE int put_place(struct tracked *who, u32 text, int dirfd, u64 name, u32 at) {
  struct scratch *scratch = scratch_get();
  if (!scratch || !who) return at;
  struct event *event = (struct event *)scratch;
  u32 first = at & (TEXT_ROOM - 1);
  at = put_name(event, scratch, text == TEXT_BASE ? TEXT_NAME : TEXT_NAME_2, (const char *)name, false, at);
  int fd = descriptor_of(scratch->bytes + first);
  struct path base = base_of(fd >= 0 ? fd : dirfd, fd < 0 && scratch->bytes[first] == '/');
  if (!base.dentry) return at;
  if (fd >= 0) scratch->bytes[first] = 0; /* the file itself, as with AT_EMPTY_PATH */
  return put_text_path(scratch, who->slot, text, &base, at);
}

static __always_inline void alias_of(struct inode *inode, struct changing *changing, struct candidate *candidate) {
  struct hlist_node *node = LOOK(struct inode, inode, i_dentry.first);
  for (int i = 0; i < 4 && node; i++) {
    struct dentry *dentry = container(node, struct dentry, d_u.d_alias);
    struct dentry *directory = LOOK(struct dentry, dentry, d_parent);
    u64 parent = (u64)LOOK(struct dentry, directory, d_inode);
    bool there = LOOK(struct dentry, dentry, d_hash.pprev) != 0;
    for (int j = 0; j < CANDIDATES && there; j++) {
      if (changing->inodes[j] != parent || parent == (u64)inode) continue;
      u32 whole = LOOK(struct dentry, dentry, d_name.len), length = whole < sizeof candidate->name ? whole : sizeof candidate->name;
      candidate->parent = j + 1;
      candidate->name_length = whole;
      bpf_probe_read_kernel(candidate->name, length & 63, LOOK(struct dentry, dentry, d_name.name));
      return;
    }
    node = LOOK(struct hlist_node, node, next);
  }
}

static __always_inline void put_candidate(struct candidate *candidate, struct changing *changing, u32 index) {
  struct inode *inode = (struct inode *)changing->inodes[index];
  struct stamp stamp;
  __builtin_memset(candidate, 0, sizeof *candidate);
  candidate->ino = changing->numbers[index];
  struct super_block *sb = LOOK(struct inode, inode, i_sb);
  candidate->device = LOOK(struct super_block, sb, s_dev);
  candidate->magic = LOOK(struct super_block, sb, s_magic);
  candidate->mode = LOOK(struct inode, inode, i_mode);
  /* Freed by now, and perhaps another's: then it had no links left. */
  bool same = LOOK(struct inode, inode, i_ino) == candidate->ino;
  candidate->links = same ? LOOK(struct inode, inode, i_nlink) : 0;
  candidate->generation = LOOK(struct inode, inode, i_generation);
  candidate->dead = !same || (LOOK(struct inode, inode, i_flags) & S_DEAD) != 0;
  read_stamp(inode, &stamp);
  candidate->size = stamp.size, candidate->mtime_ns = stamp.mtime_ns, candidate->ctime_ns = stamp.ctime_ns;
  if (same) alias_of(inode, changing, candidate);
}

/* Puts in front of the texts whom the call has touched. */
static __noinline u32 put_candidates(struct scratch *scratch) {
  u64 thread = bpf_get_current_pid_tgid();
  u32 at = sizeof(struct event);
  struct changing *changing = bpf_map_lookup_elem(&changes, &thread);
  if (!scratch || !changing) return at;
  for (u32 i = 0; i < CANDIDATES && i < changing->count; i++) {
    put_candidate((struct candidate *)(scratch->bytes + sizeof(struct event) + i * sizeof(struct candidate)), changing, i);
    ((struct event *)scratch)->candidates = i + 1;
    at += sizeof(struct candidate);
  }
  bpf_map_delete_elem(&changes, &thread);
  return at;
}

ONCE int tell_name(struct tracked *who, u32 kind, int dirfd, u64 name, int value) {
  struct scratch *scratch = scratch_get();
  if (!scratch || !who) return 0;
  struct event *event = event_begin(scratch, who, kind);
  event->value = value;
  u32 at = put_candidates(scratch);
  at = put_place(who, TEXT_BASE, dirfd, name, at);
  send(scratch, who->slot, at, false);
  return 0;
}

struct two_names { int from_dirfd, to_dirfd; u64 from, to; };

const volatile bool changes_are_traced = false;

ONCE int tell_names(struct tracked *who, u32 kind, struct two_names *names, int value) {
  struct scratch *scratch = scratch_get();
  if (!scratch || !who || !names) return 0;
  struct event *event = event_begin(scratch, who, kind);
  event->value = value;
  if (changes_are_traced) event->flags |= EVENT_TRACED;
  u32 at = put_candidates(scratch);
  at = put_place(who, TEXT_BASE, names->from_dirfd, names->from, at);
  at = put_place(who, TEXT_BASE_2, names->to_dirfd, names->to, at);
  send(scratch, who->slot, at, false);
  return 0;
}
#endif
