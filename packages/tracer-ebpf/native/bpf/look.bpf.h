/* Looks into the kernel's memory by pointers that the verifier knows nothing of: out of tables, lists, and structures around others. */
#ifndef ROAR_LOOK_H
#define ROAR_LOOK_H
#include "kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/*
 * A pointer to the kernel's memory that can be followed without a call for each step (a load that faults gives 0): a nanosecond instead of ten. Linux 6.2; roard
 * says whether it is there, and the verifier leaves the other branch out. Weak: the compiler must not take its value from here.
 */
extern void *bpf_rdonly_cast(void *object, u32 type) __attribute__((section(".ksyms"), weak));
const bool can_cast __attribute__((weak)) = false;

#define LOOK(type, object, field) \
  (can_cast ? ((type *)bpf_rdonly_cast((void *)(object), bpf_core_type_id_kernel(type)))->field : BPF_CORE_READ((type *)(object), field))

#define container(pointer, type, member) ((type *)((char *)(pointer) - bpf_core_field_offset(type, member)))

/* A word of an array, or a pointer as a number: the verifier lets nobody count with what it knows for a pointer. Any structure that begins with a number will do. */
static __always_inline u64 word_at(void *array, u32 index) {
  if (can_cast) return ((struct timespec64 *)bpf_rdonly_cast(array + index * 8ull, bpf_core_type_id_kernel(struct timespec64)))->tv_sec;
  u64 found = 0;
  bpf_probe_read_kernel(&found, sizeof found, array + index * 8ull);
  return found;
}

/* Copies a name of at most 255 bytes by words: a call for it would take longer. What follows it is copied up to the next word, too. False: it could not be read. */
static __always_inline bool copy_name(u8 *into, u64 name, u32 length) {
  if (!can_cast) return bpf_probe_read_kernel(into, length & 0xff, (void *)name) == 0;
  for (u32 i = 0; i < 32 && i * 8 < length; i++) *(u64 *)(into + i * 8) = word_at((void *)name, i);
  return true;
}

static __always_inline struct path path_of(struct file *file) {
  return (struct path){LOOK(struct file, file, f_path.mnt), LOOK(struct file, file, f_path.dentry)};
}
#endif
