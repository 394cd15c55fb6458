/*
 * Names that the kernel itself gives to the files they lead to: known to all processes of the job together, in the empty end of the log's header page, which
 * each of them has mapped. The kernel's link of a descriptor costs a short process 8 µs (Linux 6.18), most of it for making and dropping the process's own
 * entries in /proc; a program that is started or a file that is opened by such a name needs none.
 *
 * A name is one word: a hash of its text, the file, and the count of moves in the job. So nothing can be read half written, a change of names makes all of
 * them unknown, and two take each other's place in a full table.
 */
#include "roar.h"

#define FIRST 512
#define WORDS ((ROAR_LAYOUT_HEADER - FIRST) / sizeof(uint64_t))
_Static_assert(sizeof(struct roar_header) <= FIRST, "the header has grown into the names");

static uint64_t mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
  return hash ^ (hash >> 29);
}

static uint64_t word_of(enum name_kind kind, const char *name, size_t length, const struct stamp *stamp) {
  uint64_t hash = 0xcbf29ce484222325ull;
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)name[i]) * 0x100000001b3ull;
  hash = mixed(mixed(hash, stamp->dev), stamp->ino);
  return mixed(mixed(hash, __atomic_load_n(&log_header()->moves, __ATOMIC_ACQUIRE)), (uint64_t)kind);
}

static uint64_t *place_of(uint64_t word) { return (uint64_t *)((char *)log_header() + FIRST) + word % WORDS; }

/* In a new root the same text is another name, and the kernel's path is not the one that is recorded. */
static bool may_be_kept(const char *name, const struct stamp *stamp) { return name[0] == '/' && stamp->links && !paths_rooted(); }

bool name_is_known(enum name_kind kind, const char *name, size_t length, const struct stamp *stamp) {
  if (!may_be_kept(name, stamp)) return false;
  uint64_t word = word_of(kind, name, length, stamp);
  return __atomic_load_n(place_of(word), __ATOMIC_RELAXED) == word;
}

void name_learn(enum name_kind kind, const char *name, size_t length, const struct stamp *stamp) {
  if (!may_be_kept(name, stamp)) return;
  uint64_t word = word_of(kind, name, length, stamp);
  __atomic_store_n(place_of(word), word, __ATOMIC_RELAXED);
}
