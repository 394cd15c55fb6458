/*
 * With a supervisor around us (packages/tracer-ptrace): it hears which calls are told from in here, and lets those from one page pass without a stop. Without one
 * this is a single refused call.
 */
#include <link.h>
#include <sys/mman.h>

#include "roar.h"
#include "roar_supervised.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

HOT stub_call *stub;
HOT static stub_call *page_of_stub;
HOT bool supervised, announced_outside, unseen_calls;
HOT uintptr_t libc_start, libc_size;

/* arch/entry.S: what the page holds. */
extern HIDDEN const char roar_stub_begin[], roar_stub_end[];

HOT static struct roar_hello hello;

static const char *last_name(const char *path) {
  const char *last = path;
  for (; *path; path++)
    if (*path == '/') last = path + 1;
  return last;
}

/* musl's calls do more than the kernel's (its close waits for aio), so ours go through them. */
static bool is_glibc(const char *name) { return same_text(name, "libc.so.6") || starts_with(name, "libc-2."); }

/* Our own calls from here, beside those of the page: a vfork has no other place to return to. */
static bool is_ours(const struct dl_phdr_info *info, const ElfW(Phdr) *part) {
  return (uintptr_t)roar_stub_begin - (info->dlpi_addr + part->p_vaddr) < part->p_memsz;
}

/* glibc was several libraries before 2.34; musl is its own loader. */
static bool is_of_libc(const char *name) {
  static const char *const fronts[] = {"libc.so", "libc-2.", "libc.musl", "ld-", "libpthread", "librt.so", "librt-"};
  for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
    if (starts_with(name, fronts[i])) return true;
  return false;
}

static int note_object(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size, (void)unused;
  const char *name = last_name(info->dlpi_name ? info->dlpi_name : "");
  bool of_libc = is_of_libc(name);
  for (int i = 0; i < info->dlpi_phnum && hello.count < ROAR_MOST_TOLD; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || (!of_libc && !is_ours(info, part))) continue;
    hello.told[hello.count].start = info->dlpi_addr + part->p_vaddr;
    hello.told[hello.count++].end = info->dlpi_addr + part->p_vaddr + part->p_memsz;
    if (!is_glibc(name)) continue;
    libc_start = info->dlpi_addr + part->p_vaddr;
    libc_size = part->p_memsz;
  }
  return 0;
}

#ifdef __aarch64__
/* Instructions are fetched past the data cache (Arm ARM, B2.4.4). The compiler's own way is a call of libgcc, which is not there. */
static void make_executable(long from, long to) {
  unsigned long type;
  __asm__("mrs %0, ctr_el0" : "=r"(type));
  const long data = 4L << ((type >> 16) & 15), code = 4L << (type & 15);
  for (long at = from & -data; at < to; at += data) __asm__ volatile("dc cvau, %0" : : "r"(at) : "memory");
  __asm__ volatile("dsb ish" : : : "memory");
  for (long at = from & -code; at < to; at += code) __asm__ volatile("ic ivau, %0" : : "r"(at) : "memory");
  __asm__ volatile("dsb ish\n\tisb" : : : "memory");
}
#else
static void make_executable(long from, long to) {
  (void)from;
  (void)to;
}
#endif

/* Refused where the place is taken, or where memory must not be both written and run: then every call of ours stops, and is answered at once. */
static void make_stub(void) {
  const long page = (long)ROAR_STUB_PAGE;
  long map = SYS(SYS_mmap, page, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (map != page) {
    /* Before Linux 4.17 the place is a wish. */
    if (map > 0 || map < -4095) SYS(SYS_munmap, map, 4096);
    return;
  }
  copy_bytes((void *)page, roar_stub_begin, (size_t)(roar_stub_end - roar_stub_begin));
  make_executable(page, page + (roar_stub_end - roar_stub_begin));
  if (SYS(SYS_mprotect, page, 4096, PROT_READ | PROT_EXEC) < 0) SYS(SYS_munmap, page, 4096);
  else stub = page_of_stub = (stub_call *)page;
}

/* Never from the page: it is meant to stop. */
static long greet(void) { return sys6(SYS_close, -1, (long)ROAR_HELLO, (long)&hello, 0, 0, 0); }

void supervised_begin(void) {
  dl_iterate_phdr(note_object, NULL);
  long answer = greet();
  if (answer < 0) return;
  supervised = answer & ROAR_SUPERVISED;
  announced_outside = answer & ROAR_ANNOUNCED;
  if (supervised) make_stub();
}

/* The library sees nothing any more: everything is looked at from outside. */
void supervised_end(void) {
  if (!supervised) return;
  uint32_t count = hello.count;
  stub = NULL;
  hello.count = 0;
  greet();
  hello.count = count;
}

/* It does again. */
void supervised_again(void) {
  if (!supervised) return;
  greet();
  stub = page_of_stub;
}

void supervised_mixed(void) {
  if (hello.mixed) return;
  hello.mixed = 1;
  unseen_calls = true;
  greet();
}
