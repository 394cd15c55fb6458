/*
 * Whether a directory that is found is the one that a call has changed. It is found later, and by then its name may lead elsewhere; numbers alone do not tell,
 * since ext4 gives the number of a removed directory to the next one. The generation of an inode, which is in its handle (name_to_handle_at(2)), does.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "follow.h"

#ifndef AT_HANDLE_FID
#define AT_HANDLE_FID 0x200 /* Linux 6.5: of file systems, too, that open nothing by it */
#endif

/* `upper`: number of the directory in the upper layer of an overlay, whose generation it then is; `exact`: the generation is its own. */
struct found {
  uint64_t dev, ino, born_ns, upper;
  uint32_t generation;
  bool exact;
};

static uint32_t word_of(const unsigned char *bytes, size_t at) {
  uint32_t word;
  memcpy(&word, bytes + at, sizeof word);
  return word;
}

/* include/linux/exportfs.h, and mm/shmem.c, which has the generation first; the length tells it from the others of type 1. */
enum { INO32_GEN = 1, INO64_GEN = 0x81, BTRFS_HANDLE = 0x4d, OVERLAY_HANDLE = 0xf8 };

static bool generation_in(int type, const unsigned char *bytes, size_t length, uint32_t *generation) {
  size_t at = type == INO32_GEN && length == 8 ? 4 : type == INO64_GEN && length == 12 ? 8 : type == BTRFS_HANDLE && length == 20 ? 16 : 0;
  if (at == 0 && !(type == INO32_GEN && length == 12)) return false;
  *generation = word_of(bytes, at);
  return true;
}

/*
 * fs/overlayfs/overlayfs.h, struct ovl_fh: a head of 24 bytes, then the handle that the layer gives. A merged directory has that of a lower one, which no call
 * changes.
 */
static void layer_in(const unsigned char *bytes, size_t length, struct found *found) {
  enum { FLAGS = 6, TYPE = 7, HEAD = 24, IS_UPPER = 4 };
  if (length <= HEAD || !(bytes[FLAGS] & IS_UPPER) || !generation_in(bytes[TYPE], bytes + HEAD, length - HEAD, &found->generation)) return;
  if (bytes[TYPE] == INO32_GEN && length - HEAD == 8) found->upper = word_of(bytes, HEAD);
  else if (bytes[TYPE] == INO64_GEN) memcpy(&found->upper, bytes + HEAD, sizeof found->upper);
}

static void read_handle(int fd, struct found *found) {
  struct { struct file_handle head; unsigned char bytes[128]; } handle;
  int mount;
  handle.head.handle_bytes = sizeof handle.bytes;
  if (name_to_handle_at(fd, "", &handle.head, &mount, AT_EMPTY_PATH | AT_HANDLE_FID) < 0) {
    handle.head.handle_bytes = sizeof handle.bytes;
    if (name_to_handle_at(fd, "", &handle.head, &mount, AT_EMPTY_PATH) < 0) return;
  }
  if (handle.head.handle_type == OVERLAY_HANDLE) layer_in(handle.head.f_handle, handle.head.handle_bytes, found);
  else found->exact = generation_in(handle.head.handle_type, handle.head.f_handle, handle.head.handle_bytes, &found->generation);
}

static bool find(const char *path, struct found *found) {
  struct statx state;
  memset(found, 0, sizeof *found);
  int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  bool stands = statx(fd, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &state) == 0;
  if (stands) {
    found->dev = makedev(state.stx_dev_major, state.stx_dev_minor);
    found->ino = state.stx_ino;
    if (state.stx_mask & STATX_BTIME) found->born_ns = (uint64_t)state.stx_btime.tv_sec * 1000000000u + state.stx_btime.tv_nsec;
    read_handle(fd, found);
  }
  close(fd);
  return stands;
}

static bool find_directory(const char *path, struct found *found) {
  char directory[2 * PATH_BYTES];
  const char *slash = strrchr(path, '/');
  snprintf(directory, sizeof directory, "%.*s", slash > path ? (int)(slash - path) : 1, path);
  return find(directory, found);
}

/* What was born after the call is another one, whatever its number. On btrfs each subvolume has a device of its own, which the kernel's structures do not name. */
static bool is_same(const struct candidate *one, const struct found *found) {
  if (!is_directory(one) || one->dead) return false;
  if (found->upper) return one->magic != OVERLAY && one->ino == found->upper && one->generation == found->generation;
  if (one->ino != found->ino || (one->magic != BTRFS && user_device(one->device) != found->dev)) return false;
  if (found->exact) return one->generation == found->generation;
  return found->born_ns <= one->ctime_ns;
}

bool is_directory_of(const struct candidate *one, const char *path) {
  struct found found;
  return find_directory(path, &found) && is_same(one, &found);
}

bool is_in_changed(const struct event *event, const char *path) {
  const struct candidate *all = candidates_of(event);
  struct found found;
  bool any = false, stands = event->candidates > 0 && find_directory(path, &found);
  for (unsigned i = 0; i < event->candidates; i++) {
    if (stands && is_same(&all[i], &found)) return true;
    any |= is_directory(&all[i]);
  }
  return !any;
}
