/*
 * Finds the next definition of each hooked name behind ours. Not by dlsym: it may allocate, an allocator may call us (jemalloc issues 329 and 443),
 * and before glibc 2.34 it lives in a library that need not be loaded.
 */
#include <elf.h>
#include <link.h>

#include "roar.h"

HOT void *real_table[REAL_COUNT];

struct object {
  const ElfW(Sym) * symbols;
  const char *strings;
  const uint32_t *gnu_hash;
  const uint32_t *sysv_hash;
  const uint16_t *versions;
  ElfW(Addr) base;
};

/* glibc relocates these pointers in place, musl does not. */
static const void *at(const struct object *object, ElfW(Addr) pointer) {
  return (const void *)(pointer < object->base ? object->base + pointer : pointer);
}

static bool describe_at(ElfW(Addr) base, const ElfW(Dyn) * dynamic, struct object *object) {
  zero_bytes(object, sizeof *object);
  object->base = base;
  for (; dynamic->d_tag != DT_NULL; dynamic++) {
    if (dynamic->d_tag == DT_SYMTAB) object->symbols = at(object, dynamic->d_un.d_ptr);
    if (dynamic->d_tag == DT_STRTAB) object->strings = at(object, dynamic->d_un.d_ptr);
    if (dynamic->d_tag == DT_GNU_HASH) object->gnu_hash = at(object, dynamic->d_un.d_ptr);
    if (dynamic->d_tag == DT_HASH) object->sysv_hash = at(object, dynamic->d_un.d_ptr);
    if (dynamic->d_tag == DT_VERSYM) object->versions = at(object, dynamic->d_un.d_ptr);
  }
  return object->symbols && object->strings;
}

static bool describe(const struct dl_phdr_info *info, struct object *object) {
  const ElfW(Dyn) *dynamic = NULL;
  for (int i = 0; i < info->dlpi_phnum; i++)
    if (info->dlpi_phdr[i].p_type == PT_DYNAMIC) dynamic = (const void *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
  return dynamic && describe_at(info->dlpi_addr, dynamic, object);
}

static bool matches(const struct object *object, uint32_t index, const char *name) {
  const ElfW(Sym) *symbol = &object->symbols[index];
  bool defined = symbol->st_shndx != SHN_UNDEF && symbol->st_value;
  /* The top bit marks a version that only old programs ask for. */
  bool hidden = object->versions && (object->versions[index] & 0x8000);
  return defined && !hidden && same_text(object->strings + symbol->st_name, name);
}

static uint32_t gnu_hash_of(const char *name) {
  uint32_t hash = 5381;
  for (; *name; name++) hash = hash * 33 + (unsigned char)*name;
  return hash;
}

/* DT_GNU_HASH: a Bloom filter, then buckets of chains; the last bit of an entry ends its chain. */
static const ElfW(Sym) * find_gnu(const struct object *object, const char *name, uint32_t hash) {
  const uint32_t *table = object->gnu_hash;
  uint32_t buckets = table[0], first = table[1], words = table[2], shift = table[3];
  const ElfW(Addr) *bloom = (const ElfW(Addr) *)(table + 4);
  unsigned bits = 8 * sizeof(ElfW(Addr));
  ElfW(Addr) word = bloom[(hash / bits) % words];
  if (!((word >> (hash % bits)) & (word >> ((hash >> shift) % bits)) & 1) || !buckets) return NULL;
  const uint32_t *bucket = (const uint32_t *)(bloom + words);
  const uint32_t *chain = bucket + buckets;
  uint32_t index = bucket[hash % buckets];
  if (index < first) return NULL;
  for (;; index++) {
    uint32_t entry = chain[index - first];
    if ((entry | 1) == (hash | 1) && matches(object, index, name)) return &object->symbols[index];
    if (entry & 1) return NULL;
  }
}

/* The second word of a DT_HASH is the number of symbols (System V ABI, chapter 5); DT_GNU_HASH tells it nowhere. */
static const ElfW(Sym) * find_sysv(const struct object *object, const char *name) {
  uint32_t count = object->sysv_hash[1];
  for (uint32_t i = 1; i < count; i++)
    if (matches(object, i, name)) return &object->symbols[i];
  return NULL;
}

static void *find(const struct object *object, const char *name, uint32_t hash) {
  const ElfW(Sym) *symbol = object->gnu_hash ? find_gnu(object, name, hash) : object->sysv_hash ? find_sysv(object, name) : NULL;
  if (!symbol) return NULL;
  void *address = (void *)(object->base + symbol->st_value);
  /* Not the function: one that picks it, by what the processor can do. */
  if (ELF64_ST_TYPE(symbol->st_info) == STT_GNU_IFUNC) return ((void *(*)(void))address)();
  return address;
}

static const char *const names[REAL_COUNT] = {
#define X(name) #name,
    REAL_NAMES(X)
#undef X
};

static bool is_ours(const struct dl_phdr_info *info) {
  uintptr_t here = (uintptr_t)&real_table;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    uintptr_t start = info->dlpi_addr + part->p_vaddr;
    if (part->p_type == PT_LOAD && here >= start && here < start + part->p_memsz) return true;
  }
  return false;
}

/* The objects behind ours, in the order in which the loader looks through them; those of later dlopen calls are not in the way of libc's names. */
#define NEAR_OBJECTS 6
#define MOST_OBJECTS 128
HOT static struct object near_objects[NEAR_OBJECTS];
static struct object far_objects[MOST_OBJECTS - NEAR_OBJECTS];
HOT static int object_count;

static struct object *object_at(int i) { return i < NEAR_OBJECTS ? &near_objects[i] : &far_objects[i - NEAR_OBJECTS]; }

HOT coarse_clock *clock_of_kernel;

/* glibc lists the kernel's own object by this name, before every other; musl lists it without one, and does without its clock. */
static void look_for_clock(const struct dl_phdr_info *info) {
  struct object kernel;
  if (!same_text(info->dlpi_name, "linux-vdso.so.1") || !describe(info, &kernel)) return;
#ifdef __aarch64__
  const char *name = "__kernel_clock_gettime";
#else
  const char *name = "__vdso_clock_gettime";
#endif
  clock_of_kernel = (coarse_clock *)find(&kernel, name, gnu_hash_of(name));
}

/* Our own names, for those who ask for one. */
static struct object own;

static int collect(struct dl_phdr_info *info, size_t size, void *behind_us) {
  (void)size;
  if (!clock_of_kernel) look_for_clock(info);
  if (!*(bool *)behind_us) *(bool *)behind_us = is_ours(info) && describe(info, &own);
  else if (object_count < MOST_OBJECTS && describe(info, object_at(object_count))) object_count++;
  return 0;
}

/* Once, from the constructor or the first hook: later look-ups need no lock of the loader. */
void resolve_start(void) {
  HOT static uint8_t done;
  bool behind_us = false;
  if (__atomic_load_n(&done, __ATOMIC_ACQUIRE)) return;
  object_count = 0;
  dl_iterate_phdr(collect, &behind_us);
  __atomic_store_n(&done, 1, __ATOMIC_RELEASE);
}

/* A process uses a tenth of the names: each is looked for when it is first called. */
void *resolve_one(enum real_index index) {
  resolve_start();
  uint32_t hash = gnu_hash_of(names[index]);
  void *found = NULL;
  for (int i = 0; i < object_count && !found; i++) found = find(object_at(i), names[index], hash);
  real_table[index] = found ? found : REAL_ABSENT;
  return found;
}

/* glibc's own list, as debuggers read it (rtld-debugger-interface). musl has none of this name. */
extern struct r_debug _r_debug __attribute__((weak));
extern HIDDEN ElfW(Dyn) _DYNAMIC[];

/*
 * For whoever calls before anything is ready: the thread sanitizer asks for the functions behind its own, and one of them is dl_iterate_phdr, which crashes as long as it does not
 * have them all.
 */
void *resolve_early(enum real_index index) {
  const struct link_map *map = &_r_debug ? _r_debug.r_map : NULL;
  struct object object;
  if (real_table[index]) return real_at(index);
  while (map && map->l_ld != _DYNAMIC) map = map->l_next;
  if (!map) return real_at(index);
  for (map = map->l_next; map; map = map->l_next) {
    void *found = describe_at(map->l_addr, map->l_ld, &object) ? find(&object, names[index], gnu_hash_of(names[index])) : NULL;
    if (found) return real_table[index] = found;
  }
  return NULL;
}

struct late { enum real_index index; bool behind_us; void *found; };

static int look_late(struct dl_phdr_info *info, size_t size, void *context) {
  struct late *late = context;
  struct object object;
  (void)size;
  if (!late->behind_us) late->behind_us = is_ours(info);
  else if (describe(info, &object)) late->found = find(&object, names[late->index], gnu_hash_of(names[late->index]));
  return late->found != NULL;
}

/* What was not there at the start, and whoever calls it has loaded since: before glibc 2.34 dlopen lies in a library of its own. */
void *resolve_late(enum real_index index) {
  struct late late = {index, false, NULL};
  dl_iterate_phdr(look_late, &late);
  if (late.found) real_table[index] = late.found;
  return late.found;
}

/* Of each function that is hooked the one address: libc has several names for many (open64, __open). */
static void *hook_of_address(const void *found) {
  for (int i = 0; i < REAL_COUNT; i++)
    if (real_at((enum real_index)i) == found) return find(&own, names[i], gnu_hash_of(names[i]));
  return NULL;
}

static void *hook_of_name(const char *name, const void *found) {
  void *hook = find(&own, name, gnu_hash_of(name));
  for (int i = 0; hook && i < REAL_COUNT; i++)
    if (same_text(names[i], name)) return real_at((enum real_index)i) == found ? hook : NULL;
  return NULL;
}

void *resolve_hook(const char *name, void *found) {
  void *hook = own.symbols ? hook_of_name(name, found) : NULL;
  if (!hook && own.symbols && (uintptr_t)found - libc_start < libc_size) hook = hook_of_address(found);
  return hook ? hook : found;
}
