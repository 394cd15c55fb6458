/* Mapped files, and the rights that a mapping is given afterwards. */
#ifndef ROAR_MAPPINGS_H
#define ROAR_MAPPINGS_H
#include "areas.bpf.h"
#include "files.bpf.h"

#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4
#define PROT_ANY (PROT_READ | PROT_WRITE | PROT_EXEC)
#define MAP_SHARED 1
#define MAP_ANONYMOUS 32
#define VM_SHARED 8
#define EBUSY 16

static __always_inline u32 mapped_access(u64 prot, bool shared) {
  u32 access = prot & (PROT_READ | PROT_EXEC) ? ACCESS_READ : 0;
  return shared && prot & PROT_WRITE ? access | ACCESS_MAY_WRITE : access;
}

/* A writable shared mapping counts for written when the file's state at the end says so; the state from before goes with it. */
static __always_inline void note_mapped(struct tracked *who, struct file *file, u64 prot, bool shared) {
  u32 access = mapped_access(prot, shared);
  if (access) note_file(who, file, access | ACCESS_MAPPED);
}

/*
 * A mapping is dormant that may be given more rights than it has been told with. Without one mprotect(2) is no concern of ours; and programs with many threads
 * call it all the time, for memory without a file.
 */
static __always_inline bool is_dormant(u64 prot, bool shared) { return !(prot & (PROT_READ | PROT_EXEC)) || (shared && !(prot & PROT_WRITE)); }

/* Whoever keeps the note for a memory. NULL: ended before the one that shares it. */
static __always_inline struct memory *memory_of(struct tracked *who) {
  if (who->memory.serial == who->serial) return &who->memory;
  u32 tgid = who->memory.tgid;
  struct tracked *keeper = bpf_map_lookup_elem(&tasks, &tgid);
  return keeper && keeper->serial == who->memory.serial ? &keeper->memory : 0;
}

static __always_inline bool has_dormant(struct tracked *who) {
  struct memory *memory = memory_of(who);
  return !memory || memory->dormant;
}

static __always_inline void note_mmap(struct tracked *who, int fd, u64 prot, u64 flags) {
  if (flags & MAP_ANONYMOUS) return;
  struct memory *memory = is_dormant(prot, flags & MAP_SHARED) ? memory_of(who) : 0;
  if (memory) memory->dormant = 1;
  note_mapped(who, file_of(fd), prot, flags & MAP_SHARED);
}

struct protection { u64 address, prot; };

static long protect_one(struct task_struct *task, struct vm_area_struct *area, struct protection *protection) {
  struct file *file = (struct file *)word_at((char *)area + bpf_core_field_offset(struct vm_area_struct, vm_file), 0);
  struct tracked *who = tracked_now();
  if (file && who) note_mapped(who, file, protection->prot, (area->vm_flags & VM_SHARED) != 0);
  return 0;
}

static __noinline bool settle_unlocked(struct protection *protection) {
  struct file *file = 0;
  u64 flags = 0;
  struct tracked *who = tracked_now();
  if (!who || !protection || !area_at(bpf_get_current_task_btf()->mm, protection->address, &file, &flags)) return false;
  if (file) note_mapped(who, file, protection->prot, (flags & VM_SHARED) != 0);
  return true;
}

/* While another thread changes mappings the kernel refuses the look-up (EBUSY). */
static __always_inline bool settle_protection(struct protection *protection) {
  return bpf_find_vma(bpf_get_current_task_btf(), protection->address, protect_one, protection, 0) != -EBUSY || settle_unlocked(protection);
}

/*
 * What could not be looked up in either way is tried again at the thread's next call; `postponed` of the process says how many there are, and counts for lost
 * what is still there at the end.
 */
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1024); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, u64); __type(value, struct protection); } postponed SEC(".maps");

ONCE int settle_postponed(struct tracked *who) {
  u64 thread = bpf_get_current_pid_tgid();
  struct protection *waiting = bpf_map_lookup_elem(&postponed, &thread);
  if (!who || !waiting) return 0;
  struct protection protection = *waiting;
  if (!settle_protection(&protection)) return 0;
  bpf_map_delete_elem(&postponed, &thread);
  __sync_fetch_and_sub(&who->postponed, 1);
  return 0;
}

ONCE int note_protected(struct tracked *who, u64 address, u64 prot) {
  struct protection protection = {.address = address, .prot = prot};
  u64 thread = bpf_get_current_pid_tgid();
  if (!who || !(prot & PROT_ANY) || !has_dormant(who) || settle_protection(&protection)) return 0;
  if (bpf_map_update_elem(&postponed, &thread, &protection, BPF_NOEXIST)) count_dropped(who->slot, 1);
  else __sync_fetch_and_add(&who->postponed, 1);
  return 0;
}

/* elf.h: where the kernel has put the program's loader, which it maps itself. */
#define AT_BASE 7
enum { MOST_AUXILIARY = 24 };

static __always_inline u64 loader_of(struct mm_struct *mm) {
  void *words = (char *)mm + bpf_core_field_offset(struct mm_struct, saved_auxv);
  for (u32 i = 0; i < MOST_AUXILIARY; i++)
    if (word_at(words, i * 2) == AT_BASE) return word_at(words, i * 2 + 1);
  return 0;
}

/* A new image: nothing is mapped in it but the program and its loader. */
ONCE int note_loader(struct tracked *who) {
  struct task_struct *task = bpf_get_current_task_btf();
  if (!who) return 0;
  struct protection loader = {.address = loader_of(task->mm), .prot = PROT_READ};
  if (loader.address) settle_protection(&loader);
  return 0;
}
#endif
