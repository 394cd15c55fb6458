/* Opened files: made, cut, and the symlinks by which they were reached. */
#ifndef ROAR_OPENS_H
#define ROAR_OPENS_H
#include "names.bpf.h"

#if defined(__TARGET_ARCH_arm64)
#define O_DIRECTORY 040000
#define O_NOFOLLOW 0100000
#else
#define O_DIRECTORY 0200000
#define O_NOFOLLOW 0400000
#endif
#define O_ACCMODE 3
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_TMPFILE_BIT 020000000

/* Bytes `at` to `at + 8` of the scratch; the lowest is the first. */
static __always_inline u64 text_word(struct scratch *scratch, u32 at) { return *(u64 *)(scratch->bytes + (at & (TEXT_ROOM - 1))); }

/* Whether a text of the scratch ends in a name: by words from its end, the last of them as much of it as there is. */
static __always_inline bool ends_in(struct scratch *scratch, u32 end, u64 name, u32 size) {
  for (u32 i = 1; i <= 32; i++) {
    u32 left = size - (i - 1) * 8;
    u64 differs = text_word(scratch, end - i * 8) ^ word_at((void *)(name + size - i * 8), 0);
    if (left < 8) return (differs >> (8 - left) * 8) == 0;
    if (differs) return false;
    if (left == 8) return true;
  }
  return false;
}

/* Whether the last component of a text in the scratch is another than the file's own name: it was reached by a symlink. */
static __always_inline bool is_alias(struct scratch *scratch, u32 start, u32 length, struct dentry *dentry) {
  u64 name = (u64)LOOK(struct dentry, dentry, d_name.name);
  u32 size = LOOK(struct dentry, dentry, d_name.len), end = start + length;
  if (length == 0 || length < size || size == 0 || size > 255) return length != 0;
  if (length > size && scratch->bytes[(end - size - 1) & (TEXT_ROOM - 1)] != '/') return true;
  return !ends_in(scratch, end, name, size);
}

struct alias_key { u64 ino, tail, run; u32 length, unused; };
struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 16384); __type(key, struct alias_key); __type(value, u32); } aliases SEC(".maps");

/* A name is told once a run: the same links to the same libraries are followed at every start. */
static __always_inline bool is_alias_new(struct scratch *scratch, u32 slot, u32 start, u32 length, u64 ino) {
  struct run *run = bpf_map_lookup_elem(&runs, &slot);
  struct alias_key key = {.ino = ino, .run = run ? run->number : 0, .length = length};
  u32 tail = length > 8 ? length - 8 : 0, one = 1;
  bpf_probe_read_kernel(&key.tail, sizeof key.tail, scratch->bytes + ((start + tail) & (TEXT_ROOM - 1)));
  return bpf_map_update_elem(&aliases, &key, &one, BPF_NOEXIST) == 0;
}

ONCE int note_alias(struct tracked *who, u64 address, int dirfd, u64 name) {
  struct file *file = (struct file *)address;
  struct scratch *scratch = scratch_get();
  if (!scratch || !who) return 0;
  struct path path = path_of(file);
  u32 start = sizeof(struct event);
  long length = bpf_probe_read_user_str(scratch->bytes + start, 4096, (const char *)name);
  if (length <= 1 || length > 4096 || !is_alias(scratch, start, length - 1, path.dentry)) return 0;
  struct event *event = event_begin(scratch, who, EVENT_ALIAS);
  event->starts[TEXT_NAME] = start, event->lengths[TEXT_NAME] = length;
  u32 at = start + length;
  put_inode(event, LOOK(struct file, file, f_inode));
  if ((event->mode & S_IFMT) != S_IFREG || !is_alias_new(scratch, who->slot, start, length, event->ino)) return 0;
  struct path base = base_of(dirfd, scratch->bytes[start] == '/');
  if (base.dentry) at = put_text_path(scratch, who->slot, TEXT_BASE, &base, at);
  at = put_text_path(scratch, who->slot, TEXT_BASE_2, &path, at);
  send(scratch, who->slot, at, false);
  return 0;
}

static __always_inline void note_opened(struct tracked *who, struct file *file, u64 flags) {
  u32 mode = LOOK(struct file, file, f_mode), access = 0;
  if (mode & FMODE_CREATED || flags & O_TMPFILE_BIT) access = ACCESS_CREATED;
  else if (flags & O_TRUNC) access = ACCESS_TRUNCATED; /* with O_RDONLY, too */
  if (access) note_file(who, file, access);
}

ONCE int note_open(struct tracked *who, int fd, u64 flags, int dirfd, u64 name) {
  struct file *file = file_of(fd);
  if (!file || !who || LOOK(struct file, file, f_mode) & FMODE_PATH) return 0;
  note_opened(who, file, flags);
  if (name && !(flags & O_NOFOLLOW)) note_alias(who, (u64)file, dirfd, name);
  return 0;
}
#endif
