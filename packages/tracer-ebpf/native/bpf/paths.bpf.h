/* Paths from the kernel's own objects: component by component from a name to the root, through the mounts. */
#ifndef ROAR_PATHS_H
#define ROAR_PATHS_H
#include "maps.bpf.h"

struct walk {
  struct dentry *dentry;
  struct mount *mount; /* NULL: inside the file system alone */
  u32 at;
  bool cut, done;
};

static long walk_step(u32 index, struct walk *walk) {
  struct scratch *scratch = scratch_get();
  /* Copied first: only fields of the kernel's structures are to be looked up in its type data. */
  struct mount *mount = walk->mount;
  struct dentry *dentry = walk->dentry, *parent = LOOK(struct dentry, dentry, d_parent);
  if (!scratch) return 1;
  if (mount && dentry == LOOK(struct mount, mount, mnt.mnt_root)) {
    struct mount *outer = LOOK(struct mount, mount, mnt_parent);
    walk->dentry = LOOK(struct mount, mount, mnt_mountpoint);
    walk->mount = outer;
    if (outer != mount) return 0;
    walk->done = true;
    return 1;
  }
  if (dentry == parent) {
    walk->done = true;
    return 1;
  }
  u64 name = (u64)LOOK(struct dentry, dentry, d_name.name);
  u32 at = walk->at, length = LOOK(struct dentry, dentry, d_name.len) & 0xff;
  if (at >= TEXT_ROOM - 512) {
    walk->cut = true;
    return 1;
  }
  at &= TEXT_ROOM - 1;
  if (!copy_name(scratch->bytes + at, name, length)) walk->cut = true;
  scratch->bytes[(at + length) & (SCRATCH - 1)] = '/';
  walk->at = at + length + 1;
  walk->dentry = parent;
  return 0;
}

/* Puts a path's components at `at` of the scratch; where they end. Deeper paths than this do not exist below PATH_MAX, and few do above it. */
static __noinline u32 put_path(struct dentry *dentry, struct mount *mount, u32 at, bool *cut) {
  struct walk walk = {.dentry = dentry, .mount = mount, .at = at};
  bpf_loop(4096, walk_step, &walk, 0);
  if (cut) *cut = walk.cut || !walk.done;
  return walk.at;
}

static __always_inline u32 magic_of(struct dentry *dentry) {
  struct super_block *sb = LOOK(struct dentry, dentry, d_sb);
  return LOOK(struct super_block, sb, s_magic);
}

/* NULL where the mount belongs to another namespace than the run's: its file system's own path says more than one that leads nowhere outside. */
static __always_inline struct mount *mount_for(u32 slot, struct vfsmount *mnt, bool *foreign) {
  struct mount *mount = container(mnt, struct mount, mnt);
  struct run *run = bpf_map_lookup_elem(&runs, &slot);
  *foreign = run && (u64)LOOK(struct mount, mount, mnt_ns) != run->mounts;
  return *foreign ? 0 : mount;
}

/* A text of an event: the path of a file or a directory. */
static __noinline u32 put_text_path(struct scratch *scratch, u32 slot, u32 text, struct path *path, u32 at) {
  bool foreign = false, cut = false;
  if (!scratch || !path) return at;
  struct event *event = (struct event *)scratch;
  struct vfsmount *mnt = path->mnt;
  struct mount *mount = mount_for(slot, mnt, &foreign);
  u32 end = put_path(path->dentry, mount, at, &cut);
  if (cut) event->flags |= EVENT_CUT;
  struct dentry *dentry = path->dentry;
  if (!event->magic) event->magic = magic_of(dentry);
  if (foreign) event->flags |= text == TEXT_BASE ? EVENT_FOREIGN : EVENT_FOREIGN_2;
  if (text < TEXTS) event->starts[text] = at, event->lengths[text] = end - at;
  return end;
}
#endif
