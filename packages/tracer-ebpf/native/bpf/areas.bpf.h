/*
 * The mapping at an address, without the lock of the memory: as the kernel's own page faults look for it (lib/maple_tree.c, mtree_range_walk and ma_data_end; Linux
 * 6.1). The nodes live as long as anybody who came before their end may look at them, and this program runs as such a one.
 */
#ifndef ROAR_AREAS_H
#define ROAR_AREAS_H
#include "look.bpf.h"

enum { MAPLE_LEAF = 1, MAPLE_RANGE = 2, MAPLE_ARANGE = 3, RANGE_PIVOTS = 15, ARANGE_PIVOTS = 9, MOST_LEVELS = 16 };

struct descent { u64 address, entry, max; u32 found, unused; };

/* How many pivots of a node count; the last slot has none. */
static __always_inline u32 data_end(char *node, bool wide, void *pivots, u64 max) {
  if (wide) return word_at(node + bpf_core_field_offset(struct maple_arange_64, meta), 0) & 0xff;
  u64 last = word_at(pivots, RANGE_PIVOTS - 1);
  if (!last) return word_at(node + bpf_core_field_offset(struct maple_range_64, meta), 0) & 0xff;
  return last == max ? RANGE_PIVOTS - 1 : RANGE_PIVOTS;
}

static long descend(u32 level, struct descent *descent) {
  char *node = (char *)(descent->entry & ~0xffull);
  u32 type = descent->entry >> 3 & 15, offset = 0;
  bool wide = type == MAPLE_ARANGE;
  if (type < MAPLE_LEAF || type > MAPLE_ARANGE) return 1;
  void *pivots = node + (wide ? bpf_core_field_offset(struct maple_arange_64, pivot) : bpf_core_field_offset(struct maple_range_64, pivot));
  void *slots = node + (wide ? bpf_core_field_offset(struct maple_arange_64, slot) : bpf_core_field_offset(struct maple_range_64, slot));
  u32 end = data_end(node, wide, pivots, descent->max);
  for (; offset < RANGE_PIVOTS && offset < end; offset++) {
    u64 pivot = word_at(pivots, offset);
    if (pivot < descent->address) continue;
    descent->max = pivot;
    break;
  }
  descent->entry = word_at(slots, offset);
  descent->found = type == MAPLE_LEAF;
  return type == MAPLE_LEAF;
}

static __always_inline bool is_area_of(u64 area, struct mm_struct *mm, u64 address) {
  return LOOK(struct vm_area_struct, area, vm_mm) == mm && LOOK(struct vm_area_struct, area, vm_start) <= address &&
         address < LOOK(struct vm_area_struct, area, vm_end);
}

/* `file`: 0 where there is none behind it. False: it could not be told; somebody may be changing it at this moment. */
static __always_inline bool area_at(struct mm_struct *mm, u64 address, struct file **file, u64 *flags) {
  if (!bpf_core_field_exists(mm->mm_mt)) return false;
  struct descent descent = {.address = address, .max = ~0ull};
  descent.entry = word_at((char *)mm + bpf_core_field_offset(struct mm_struct, mm_mt) + bpf_core_field_offset(struct maple_tree, ma_root), 0);
  if ((descent.entry & 3) != 2) return false;
  bpf_loop(MOST_LEVELS, descend, &descent, 0);
  u64 area = descent.entry;
  if (!descent.found || !area || !is_area_of(area, mm, address)) return false;
  *file = (struct file *)word_at((char *)area + bpf_core_field_offset(struct vm_area_struct, vm_file), 0);
  *flags = LOOK(struct vm_area_struct, area, vm_flags);
  return is_area_of(area, mm, address);
}
#endif
