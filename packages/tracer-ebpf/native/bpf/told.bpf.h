/* What each process has told of each file: a table with four places for what falls together. Forgetting costs a second telling, nothing else. */
#ifndef ROAR_TOLD_H
#define ROAR_TOLD_H
#include "maps.bpf.h"

/*
 * Nobody locks it. Each word lies under a seal that is new at every store, so that what two processors have stored into one place at once does not open: the
 * lockless tables of chess programs (Hyatt, Mann 2002). The seal's lowest bits are the access.
 */
struct told { u64 ino, place, process, seal; };
enum { TOLD_SETS = 16384, TOLD_WAYS = 4, ACCESS_MASK = 0xffff };
struct told_set { struct told ways[TOLD_WAYS]; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, TOLD_SETS); __type(key, u32); __type(value, struct told_set); } told_sets SEC(".maps");

/* `place`: device and generation. */
struct told_key { u64 ino, place, process; };

static __always_inline struct told_set *told_set_of(const struct told_key *key) {
  u64 hash = (key->ino ^ key->place * 0x9e3779b97f4a7c15ull ^ key->process * 0xc2b2ae3d27d4eb4full) * 0xd6e8feb86659fd93ull;
  u32 index = (hash >> 40) & (TOLD_SETS - 1);
  return bpf_map_lookup_elem(&told_sets, &index);
}

static __always_inline bool opens(const struct told *told, u64 seal, const struct told_key *key) {
  return seal && (told->ino ^ seal) == key->ino && (told->place ^ seal) == key->place && (told->process ^ seal) == key->process;
}

static __always_inline u64 seal_for(u32 access) { return 1ull << 63 | (u64)bpf_get_prandom_u32() << 16 | access; }

/* Which place holds it; -1: none. `access`: what was told. */
static __always_inline int told_way(struct told_set *set, const struct told_key *key, u32 *access) {
  for (int i = 0; i < TOLD_WAYS; i++) {
    u64 seal = *(volatile u64 *)&set->ways[i].seal;
    if (!opens(&set->ways[i], seal, key)) continue;
    *access = seal & ACCESS_MASK;
    return i;
  }
  return -1;
}

static __always_inline void told_store(struct told_set *set, int way, const struct told_key *key, u64 seal) {
  struct told *told = &set->ways[(way < 0 ? seal >> 16 : (u64)way) & (TOLD_WAYS - 1)];
  *(volatile u64 *)&told->seal = 0;
  told->ino = key->ino ^ seal, told->place = key->place ^ seal, told->process = key->process ^ seal;
  *(volatile u64 *)&told->seal = seal;
}
#endif
