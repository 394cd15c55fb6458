/* Looks at a program before it is started: what this library cannot enter is announced, since silence would be a lie. */
#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "roar.h"

#if defined(__x86_64__)
#define OWN_MACHINE EM_X86_64
#else
#define OWN_MACHINE EM_AARCH64
#endif

#define MOST_HEADERS 32
#define HEAD 1024

static const char *const runtimes[] = {"libasan.so", "libtsan.so", "libubsan.so", "liblsan.so", "libhwasan.so", "libclang_rt.asan", "libclang_rt.tsan"};

static long read_at(int fd, void *into, size_t size, uint64_t offset) {
  heard_read(0);
  return SYS(SYS_pread64, fd, into, size, offset);
}

/*
 * When the loader will distrust its environment (AT_SECURE), by the kernel's rule (security/commoncap.c): the effective number, after the bits of the
 * file, is not the real one, or somebody who is not root gains capabilities. A process that has lowered its effective number is in that case too,
 * whatever it starts.
 */
static bool is_privileged(int fd) {
  char value[64];
  char link[40];
  struct statx stat;
  uint32_t uid = (uint32_t)SYS(SYS_getuid, 0), gid = (uint32_t)SYS(SYS_getgid, 0);
  uint32_t next_uid = (uint32_t)SYS(SYS_geteuid, 0), next_gid = (uint32_t)SYS(SYS_getegid, 0);
  if (SYS(SYS_statx, fd, "", AT_EMPTY_PATH, STATX_MODE | STATX_UID | STATX_GID, &stat) != 0) return false;
  if (stat.stx_mode & S_ISUID) next_uid = stat.stx_uid;
  if ((stat.stx_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP)) next_gid = stat.stx_gid;
  if (next_uid != uid || next_gid != gid) return true;
  if (uid == 0) return false;
  append_number(append_text(link, link + sizeof link, "/proc/self/fd/"), link + sizeof link, (unsigned)fd);
  return SYS(SYS_getxattr, link, "security.capability", value, sizeof value) > 0;
}

/* File offset of a virtual address. */
static uint64_t offset_of(const Elf64_Phdr *headers, int count, uint64_t address) {
  for (int i = 0; i < count; i++)
    if (headers[i].p_type == PT_LOAD && address >= headers[i].p_vaddr && address < headers[i].p_vaddr + headers[i].p_filesz)
      return address - headers[i].p_vaddr + headers[i].p_offset;
  return 0;
}

static void note_runtime(int fd, uint64_t name_at, struct target_verdict *verdict) {
  char name[sizeof verdict->runtime];
  long got = read_at(fd, name, sizeof name - 1, name_at);
  if (got <= 0) return;
  name[got] = 0;
  for (unsigned i = 0; i < sizeof runtimes / sizeof *runtimes; i++)
    if (starts_with(name, runtimes[i])) {
      verdict->sanitizer = true;
      append_text(verdict->runtime, verdict->runtime + sizeof verdict->runtime, name);
    }
}

/* Started by name, the loader has no loader: glibc's is ld-linux-….so, musl's is its libc (named so by Alpine; nameless, as upstream builds it, it counts as static). */
static bool is_loader(const char *soname) {
  return starts_with(soname, "ld-linux") || starts_with(soname, "ld64.so") || starts_with(soname, "ld-musl") || starts_with(soname, "libc.musl-");
}

static void note_soname(int fd, uint64_t name_at, struct target_verdict *verdict) {
  char name[64];
  long got = read_at(fd, name, sizeof name - 1, name_at);
  if (got <= 0) return;
  name[got] = 0;
  verdict->loader = is_loader(name);
}

/* The needed libraries, a page of entries at the most: a sanitizer's runtime is among the first. */
static void inspect_needed(int fd, const Elf64_Phdr *headers, int count, const Elf64_Phdr *dynamic, struct target_verdict *verdict) {
  Elf64_Dyn entries[24];
  uint64_t strings = 0;
  long got = read_at(fd, entries, sizeof entries, dynamic->p_offset);
  int n = got > 0 ? (int)(got / (long)sizeof *entries) : 0;
  Elf64_Dyn more[64];
  long rest = read_at(fd, more, sizeof more, dynamic->p_offset);
  for (int i = 0; i < (int)(rest > 0 ? rest / (long)sizeof *more : 0); i++)
    if (more[i].d_tag == DT_STRTAB) strings = offset_of(headers, count, more[i].d_un.d_ptr);
  for (int i = 0; strings && i < n && !verdict->sanitizer; i++) {
    if (entries[i].d_tag == DT_NEEDED) note_runtime(fd, strings + entries[i].d_un.d_val, verdict);
    if (entries[i].d_tag == DT_SONAME) note_soname(fd, strings + entries[i].d_un.d_val, verdict);
  }
}

static void inspect_elf(int fd, const Elf64_Ehdr *elf, struct target_verdict *verdict) {
  Elf64_Phdr headers[MOST_HEADERS];
  const Elf64_Phdr *dynamic = NULL;
  bool interpreted = false;
  if (elf->e_ident[EI_CLASS] != ELFCLASS64 || elf->e_machine != OWN_MACHINE) {
    verdict->gap = "foreign-architecture";
    return;
  }
  int count = elf->e_phnum < MOST_HEADERS ? elf->e_phnum : MOST_HEADERS;
  if (read_at(fd, headers, (size_t)count * sizeof *headers, elf->e_phoff) != count * (long)sizeof *headers) return;
  for (int i = 0; i < count; i++) {
    if (headers[i].p_type == PT_INTERP) interpreted = true;
    if (headers[i].p_type == PT_DYNAMIC) dynamic = &headers[i];
  }
  if (dynamic) inspect_needed(fd, headers, count, dynamic, verdict);
  if (!interpreted && !verdict->loader) verdict->gap = "static-binary";
}

static bool interpreter_of(char *head, long got, char *into, size_t size) {
  long at = 2, start;
  while (at < got && (head[at] == ' ' || head[at] == '\t')) at++;
  start = at;
  while (at < got && head[at] != '\n' && head[at] != ' ' && head[at] != '\t' && head[at]) at++;
  /* A line that is longer than what was read; one may end with the file. */
  if ((at >= got && got >= 256) || at == start || (size_t)(at - start) >= size) return false;
  copy_bytes(into, head + start, (size_t)(at - start));
  into[at - start] = 0;
  return true;
}

static bool reachable(void) {
  const int read_ok = 4, write_ok = 2;
  return SYS(SYS_faccessat, AT_FDCWD, injection.library, read_ok) == 0 && SYS(SYS_faccessat, AT_FDCWD, injection.log, read_ok | write_ok) == 0;
}

static void inspect_file(int fd, struct target_verdict *verdict, int depth) {
  union {
    char text[HEAD];
    Elf64_Ehdr elf;
  } head;
  struct stamp stamp;
  char interpreter[256];
  if (!stamp_fd(fd, &stamp) || !is_regular(&stamp)) return;
  long got = read_at(fd, &head, 256, 0);
  if (got >= (long)sizeof head.elf && head.text[0] == 0x7f && head.text[1] == 'E' && head.text[2] == 'L' && head.text[3] == 'F') {
    if (is_privileged(fd)) verdict->gap = "set-id";
    else inspect_elf(fd, &head.elf, verdict);
  } else if (got > 2 && head.text[0] == '#' && head.text[1] == '!' && depth < 5 && interpreter_of(head.text, got, interpreter, sizeof interpreter)) {
    long next = SYS(SYS_openat, AT_FDCWD, interpreter, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
    if (next < 0) return;
    inspect_file((int)next, verdict, depth + 1);
    SYS(SYS_close, next);
  }
}

static void inspect_at(int dirfd, const char *path, int flags, struct target_verdict *verdict) {
  if ((flags & AT_EMPTY_PATH) && !*path) return inspect_file(dirfd, verdict, 0);
  long fd = SYS(SYS_openat, dirfd, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd >= 0) {
    inspect_file((int)fd, verdict, 0);
  } else {
    /* May be executed but not read: its bits decide, and whether it is a static one nobody can tell. */
    fd = SYS(SYS_openat, dirfd, path, O_PATH | O_CLOEXEC, 0);
    if (fd < 0) return;
    struct stamp stamp;
    verdict->opaque = stamp_fd((int)fd, &stamp) && is_regular(&stamp) && SYS(SYS_faccessat, dirfd, path, 1 /* X_OK */) == 0;
    if (is_privileged((int)fd)) verdict->gap = "set-id";
  }
  SYS(SYS_close, fd);
}

/* A static program that cannot reach us would hand our words on to others, whose loader then complains of a library that it cannot find. */
void target_inspect(int dirfd, const char *path, int flags, struct target_verdict *verdict) {
  zero_bytes(verdict, sizeof *verdict);
  inspect_at(dirfd, path, flags, verdict);
  if ((!verdict->gap || same_text(verdict->gap, "static-binary")) && !reachable()) verdict->gap = "outside-namespace";
}
