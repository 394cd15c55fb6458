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
  uint64_t moves; /* of the log's header when it was learnt */
  uint64_t turns; /* the same */
  int64_t asked;  /* when the kernel last led there: a tick of the coarse clock; 0: no such clock */
  size_t length;
};
static struct place places[PLACES];
/* Apart: a forked child resets the others, and each page that it writes to is copied for it. */
static char paths[PLACES][PATH_BYTES];
HOT static unsigned oldest;

void place_hint(struct hint *hint, int dirfd, const char *path, int flags) {
  uint32_t prefix = 2166136261u;
  size_t start = 0, end = 0;
  hint->length = 0;
  for (; path[end]; end++)
    if (path[end] == '/') {
      for (; start <= end; start++) prefix = (prefix ^ (unsigned char)path[start]) * 16777619u;
    }
  size_t length = end - start;
  hint->whole = end <= sizeof hint->text;
  if (!length || length > sizeof hint->text || (length <= 2 && path[start] == '.')) return;
  hint->dirfd = path[0] == '/' ? AT_FDCWD : dirfd;
  hint->prefix = prefix;
  hint->length = (uint8_t)length;
  hint->made = (flags & (O_CREAT | O_EXCL | O_PATH)) == (O_CREAT | O_EXCL);
  hint->sure = start == 0 && dirfd >= 0 && (hint->made || (flags & O_NOFOLLOW));
  hint->start = hint->whole ? (uint8_t)start : 0;
  hint->moves = __atomic_load_n(&log_header()->moves, __ATOMIC_ACQUIRE);
  copy_bytes(hint->text, hint->whole ? path : path + start, hint->whole ? end : length);
}

static const char *name_of(const struct hint *hint) { return hint->text + hint->start; }

size_t place_whole(const struct hint *hint, const char **path) {
  *path = hint->text;
  return hint->length && hint->whole && hint->text[0] == '/' ? (size_t)hint->start + hint->length : 0;
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

/* A directory that a link leads to now is found by the old name, too: that the file is there proves nothing. */
static uint64_t turns_now(void) { return __atomic_load_n(&log_header()->turns, __ATOMIC_ACQUIRE); }

/*
 * The directory is open, so it is still this one, and no process of the job has moved a name since the file was opened. Or the name is no link, as a new
 * file's is not, and the directory has been found there within this tick of the clock: whoever outside of the job moves it now might have done so a tick
 * later, when the files made before would be no better known.
 */
static bool is_certain(const struct hint *hint, const struct place *one, uint64_t moves, int64_t now) {
  if (hint->moves != moves || one->moves != moves) return false;
  return hint->sure || (hint->made && now && one->asked == now);
}

size_t place_path(const struct hint *hint, const struct stamp *file, char *into) {
  struct place *one = hint->length ? take(hint) : NULL;
  struct stamp named;
  if (!one) return 0;
  if (one->turns != turns_now()) {
    one->set = false;
    __atomic_store_n(&one->busy, 0, __ATOMIC_RELEASE);
    return 0;
  }
  size_t length = one->length;
  uint64_t moves = __atomic_load_n(&log_header()->moves, __ATOMIC_ACQUIRE);
  int64_t now = hint->made ? coarse_now() : 0;
  bool certain = is_certain(hint, one, moves, now);
  copy_bytes(into, paths[one - places], length);
  __atomic_store_n(&one->busy, 0, __ATOMIC_RELEASE);
  copy_bytes(into + length, name_of(hint), hint->length);
  length += hint->length;
  into[length] = 0;
  if (certain) return length;
  if (!stamp_path(AT_FDCWD, into, AT_SYMLINK_NOFOLLOW, &named) || !same_file(&named, file)) return 0;
  if ((one = take(hint))) {
    one->moves = moves;
    one->asked = now;
    __atomic_store_n(&one->busy, 0, __ATOMIC_RELEASE);
  }
  return length;
}

/* From the kernel's own path of a file that was opened by this hint. */
void place_learn(const struct hint *hint, const char *path, size_t length) {
  if (!hint->length || length <= hint->length || path[length - hint->length - 1] != '/') return;
  for (size_t i = 0; i < hint->length; i++)
    if (path[length - hint->length + i] != name_of(hint)[i]) return;
  struct place *one = take(hint);
  if (!one) {
    one = &places[__atomic_fetch_add(&oldest, 1, __ATOMIC_RELAXED) % PLACES];
    if (__atomic_exchange_n(&one->busy, 1, __ATOMIC_ACQUIRE)) return;
  }
  one->dirfd = hint->dirfd;
  one->prefix = hint->prefix;
  one->moves = __atomic_load_n(&log_header()->moves, __ATOMIC_ACQUIRE);
  one->turns = turns_now();
  one->asked = 0;
  one->length = length - hint->length;
  copy_bytes(paths[one - places], path, one->length);
  one->set = one->length + sizeof hint->text < PATH_BYTES;
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

/* Reached by a symlink: its own path is another name of the file. `path`: the file's, from the kernel. */
void place_alias(const struct hint *hint, const struct stamp *file, const char *path, size_t length) {
  struct stamp link;
  char name[sizeof hint->text + 1];
  uint32_t flags = 0;
  bool same_name = hint->length < length && path[length - hint->length - 1] == '/';
  for (size_t i = 0; same_name && i < hint->length; i++) same_name = path[length - hint->length + i] == name_of(hint)[i];
  if (!hint->length || !hint->whole || same_name) return;
  copy_bytes(name, hint->text, (size_t)hint->start + hint->length);
  name[hint->start + hint->length] = 0;
  if (!stamp_path(hint->dirfd, name, AT_SYMLINK_NOFOLLOW, &link) || (link.mode & S_IFMT) != S_IFLNK) return;
  struct scratch *alias = scratch_take();
  size_t alias_length = alias ? path_of_name(hint->dirfd, name, alias->text, &flags) : 0;
  struct roar_name *record = alias_length ? record_begin(ROAR_RECORD_NAME, sizeof *record + alias_length + length) : NULL;
  if (record) {
    record->record.flags = flags;
    record->dev = file->dev;
    record->ino = file->ino;
    record->path_length = (uint32_t)alias_length;
    record->target_length = (uint32_t)length;
    copy_bytes(record + 1, alias->text, alias_length);
    copy_bytes((char *)(record + 1) + alias_length, path, length);
    record_end(record);
  }
  scratch_give(alias);
}
