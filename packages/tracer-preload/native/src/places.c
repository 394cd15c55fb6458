/*
 * Directories lately opened from. A program that reads ten thousand files opens them from few directories, and the kernel's link of a descriptor
 * costs 0.8 µs (Linux 6.18), half of all that we add to such a program. So the path is put together from the directory's kernel path and the
 * name that was opened, and taken only when it leads, without following a link, to the very file of the descriptor.
 */
#include <fcntl.h>

#include "roar.h"

#define PLACES 8
struct place {
  uint8_t busy;
  bool set;
  int dirfd;
  uint32_t prefix;
  size_t length;
  char path[PATH_BYTES];
};
static struct place places[PLACES];
static unsigned oldest;

void place_hint(struct hint *hint, int dirfd, const char *path) {
  uint32_t prefix = 2166136261u;
  size_t start = 0, end = 0;
  hint->length = 0;
  for (; path[end]; end++)
    if (path[end] == '/') {
      for (; start <= end; start++) prefix = (prefix ^ (unsigned char)path[start]) * 16777619u;
    }
  size_t length = end - start;
  if (!length || length > sizeof hint->name || (length <= 2 && path[start] == '.')) return;
  hint->dirfd = path[0] == '/' ? AT_FDCWD : dirfd;
  hint->prefix = prefix;
  hint->length = (uint8_t)length;
  copy_bytes(hint->name, path + start, length);
}

/* Taken by a flag that nobody waits for; NULL: not known, or somebody is at it. */
static struct place *take(const struct hint *hint) {
  for (int i = 0; i < PLACES; i++) {
    struct place *one = &places[i];
    if (!one->set || one->dirfd != hint->dirfd || one->prefix != hint->prefix) continue;
    if (__atomic_exchange_n(&one->busy, 1, __ATOMIC_ACQUIRE)) return NULL;
    if (one->set && one->dirfd == hint->dirfd && one->prefix == hint->prefix) return one;
    __atomic_store_n(&one->busy, 0, __ATOMIC_RELEASE);
  }
  return NULL;
}

size_t place_path(const struct hint *hint, const struct stamp *file, char *into) {
  struct place *one = hint->length ? take(hint) : NULL;
  struct stamp named;
  if (!one) return 0;
  size_t length = one->length;
  copy_bytes(into, one->path, length);
  __atomic_store_n(&one->busy, 0, __ATOMIC_RELEASE);
  copy_bytes(into + length, hint->name, hint->length);
  length += hint->length;
  into[length] = 0;
  return stamp_path(AT_FDCWD, into, AT_SYMLINK_NOFOLLOW, &named) && same_file(&named, file) ? length : 0;
}

/* From the kernel's own path of a file that was opened by this hint. */
void place_learn(const struct hint *hint, const char *path, size_t length) {
  if (!hint->length || length <= hint->length || path[length - hint->length - 1] != '/') return;
  for (size_t i = 0; i < hint->length; i++)
    if (path[length - hint->length + i] != hint->name[i]) return;
  struct place *one = take(hint);
  if (!one) {
    one = &places[__atomic_fetch_add(&oldest, 1, __ATOMIC_RELAXED) % PLACES];
    if (__atomic_exchange_n(&one->busy, 1, __ATOMIC_ACQUIRE)) return;
  }
  one->dirfd = hint->dirfd;
  one->prefix = hint->prefix;
  one->length = length - hint->length;
  copy_bytes(one->path, path, one->length);
  one->set = one->length + sizeof hint->name < PATH_BYTES;
  __atomic_store_n(&one->busy, 0, __ATOMIC_RELEASE);
}

/* Another directory may get this number, or become the current one: the same name below it may be another name of the same file. */
void places_forget(int dirfd) {
  for (int i = 0; i < PLACES; i++)
    if (places[i].dirfd == dirfd) places[i].set = false;
}

void places_reset(void) {
  for (int i = 0; i < PLACES; i++) {
    places[i].set = false;
    __atomic_store_n(&places[i].busy, 0, __ATOMIC_RELEASE);
  }
}
