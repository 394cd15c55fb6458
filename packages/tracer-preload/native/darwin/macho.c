/*
 * Would dyld load an inserted library into this program? Read from its file: no slice for this machine; a code signature by which dyld drops DYLD_INSERT_LIBRARIES
 * (restrict, hardened runtime) or refuses libraries of others (library validation), without the entitlements that allow both; a __RESTRICT segment.
 * Portable, so that it is tested wherever the library is built. Numbers: <mach-o/loader.h>, <mach-o/fat.h>, <kern/cs_blobs.h>.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum macho { MACHO_ENTERED, MACHO_NONE, MACHO_FOREIGN, MACHO_PROTECTED };
enum macho macho_inspect(int fd, uint32_t cpu);

enum { MAGIC_64 = 0xfeedfacf, MAGIC_FAT = 0xcafebabe, MAGIC_FAT_64 = 0xcafebabf };
enum { SEGMENT_64 = 0x19, CODE_SIGNATURE = 0x1d };
enum { SUPER_BLOB = 0xfade0cc0, CODE_DIRECTORY = 0xfade0c02, ENTITLEMENTS = 0xfade7171 };
enum { CS_RESTRICT = 0x800, CS_REQUIRE_LV = 0x2000, CS_RUNTIME = 0x10000 };
enum { MOST_SLICES = 16, MOST_COMMANDS = 512, MOST_BLOBS = 32, MOST_TEXT = 32768 };

static bool read_at(int fd, uint64_t offset, void *into, size_t size) { return pread(fd, into, size, (off_t)offset) == (ssize_t)size; }

/* Fat headers and signatures are big-endian, everything else is the machine's. */
static uint32_t big(uint32_t word) { return __builtin_bswap32(word); }

/* Where the slice for this machine begins; false: there is none. A file of one slice is its own. */
static bool find_slice(int fd, uint32_t cpu, uint64_t *offset) {
  uint32_t head[2], one[8];
  *offset = 0;
  if (!read_at(fd, 0, head, sizeof head)) return false;
  bool wide = big(head[0]) == MAGIC_FAT_64;
  if (!wide && big(head[0]) != MAGIC_FAT) return head[0] == MAGIC_64 && head[1] == cpu;
  for (uint32_t i = 0; i < big(head[1]) && i < MOST_SLICES; i++) {
    size_t size = wide ? 32 : 20;
    if (!read_at(fd, 8 + i * size, one, size)) return false;
    if (big(one[0]) != cpu) continue;
    *offset = wide ? (uint64_t)big(one[2]) << 32 | big(one[3]) : big(one[2]);
    return true;
  }
  return false;
}

static bool is_macho(int fd) {
  uint32_t magic;
  if (!read_at(fd, 0, &magic, sizeof magic)) return false;
  return magic == MAGIC_64 || big(magic) == MAGIC_FAT || big(magic) == MAGIC_FAT_64;
}

/* The value behind a key of a property list, as codesign(1) writes it. */
static bool is_true(const char *text, size_t size, const char *key) {
  const char *at = memmem(text, size, key, strlen(key));
  if (!at) return false;
  at += strlen(key);
  size_t rest = size - (size_t)(at - text);
  return memmem(at, rest < 64 ? rest : 64, "<true/>", 7) != NULL;
}

/* dyld reads its variables in a hardened program, and loads what nobody has signed, only where the program's maker has allowed either. */
static bool allows(int fd, uint64_t offset, uint32_t size) {
  static const char dyld[] = "com.apple.security.cs.allow-dyld-environment-variables</key>";
  static const char others[] = "com.apple.security.cs.disable-library-validation</key>";
  char text[MOST_TEXT];
  if (size > sizeof text) size = sizeof text;
  return read_at(fd, offset, text, size) && is_true(text, size, dyld) && is_true(text, size, others);
}

static enum macho judge_signature(int fd, uint64_t start) {
  uint32_t head[3], entry[2], blob[4], flags = 0;
  bool allowed = false;
  if (!read_at(fd, start, head, sizeof head) || big(head[0]) != SUPER_BLOB) return MACHO_ENTERED;
  for (uint32_t i = 0; i < big(head[2]) && i < MOST_BLOBS; i++) {
    if (!read_at(fd, start + 12 + i * 8, entry, sizeof entry)) break;
    uint64_t at = start + big(entry[1]);
    if (!read_at(fd, at, blob, sizeof blob)) break;
    if (big(blob[0]) == CODE_DIRECTORY) flags |= big(blob[3]);
    if (big(blob[0]) == ENTITLEMENTS && big(blob[1]) > 8) allowed |= allows(fd, at + 8, big(blob[1]) - 8);
  }
  if (flags & CS_RESTRICT) return MACHO_PROTECTED;
  return (flags & (CS_RUNTIME | CS_REQUIRE_LV)) && !allowed ? MACHO_PROTECTED : MACHO_ENTERED;
}

enum macho macho_inspect(int fd, uint32_t cpu) {
  uint64_t slice;
  uint32_t head[8], command[4];
  if (!is_macho(fd)) return MACHO_NONE;
  if (!find_slice(fd, cpu, &slice) || !read_at(fd, slice, head, sizeof head) || head[0] != MAGIC_64) return MACHO_FOREIGN;
  uint64_t at = slice + 32;
  for (uint32_t i = 0; i < head[4] && i < MOST_COMMANDS; i++, at += command[1]) {
    if (!read_at(fd, at, command, sizeof command) || command[1] < 8) break;
    if (command[0] == SEGMENT_64 && memcmp(&command[2], "__RESTRI", 8) == 0) return MACHO_PROTECTED;
    if (command[0] == CODE_SIGNATURE) return judge_signature(fd, slice + command[2]);
  }
  return MACHO_ENTERED;
}
