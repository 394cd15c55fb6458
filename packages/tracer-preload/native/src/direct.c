/*
 * System calls that go past libc are past this library too. Programs that make them hold the instruction; a plain search for its two bytes would
 * find it by chance in every large program, so between it and a load of a small number into the call's register nothing may stand but loads and moves
 * of registers, as compilers and people write it. The number must be one that has to do with files or processes: OpenMP's libraries wait by calls of
 * their own (futex), and nearly every program that trains a model has one. Of 600 objects in a directory of data tools (numpy, pyarrow, torch) this
 * finds those that are written in Rust with rustix, and no other. Only a program's own objects of moderate size are searched, each once in a job.
 * A Go program says by a note that it is one: it takes the number from a variable.
 */
#include <elf.h>
#include <link.h>

#include "roar.h"

#define MOST_OF_LIBRARY (8ul << 20)
#define MOST_OF_PROGRAM (64ul << 20)
#define NEAR 24
#define MOST_NOTES 16

/* What a call of this number does may be a fact: <asm/unistd.h>. The two sets of numbers have nothing in common. */
#if defined(__x86_64__)
static const uint16_t telling[] = {0,  1,  2,  9,  17, 18,  19,  20,  40,  56,  57,  58,  59,  76,  77,  82,  83,  84,  85,  86,  87,  88,  133, 187, 206, 209, 257,
                                   258, 259, 263, 264, 265, 266, 275, 276, 278, 285, 295, 296, 304, 306, 316, 322, 326, 327, 328, 425, 426, 427, 435, 437};
#else
static const uint16_t telling[] = {0,  2,  33, 34, 35, 36, 37, 38, 45, 46, 47, 56, 63, 64, 65, 66, 67, 68, 69, 70, 71, 75, 76, 77, 220, 221, 222, 265, 276, 281, 285, 286, 287, 425, 426, 427, 435, 437};
#endif

static bool is_telling(unsigned number) {
  for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
    if (telling[i] == number) return true;
  return false;
}

#if defined(__x86_64__)
/* syscall (0f 05). */
static bool is_syscall(const unsigned char *two) { return two[0] == 0x0f && two[1] == 0x05; }

/* The ways of 32-bit programs, which 64-bit ones may take too, with numbers of their own: int $0x80 (cd 80), sysenter (0f 34). */
static bool is_old_call(const unsigned char *two) { return (two[0] == 0x0f && two[1] == 0x34) || (two[0] == 0xcd && two[1] == 0x80); }

/* Bytes behind an operation that belong to its operands' form (ModRM, SIB and displacement: Intel SDM 2A, 2.1.5). */
static size_t form_length(const unsigned char *form) {
  unsigned mode = form[0] >> 6, memory = form[0] & 7;
  if (mode == 3) return 1;
  size_t length = 1 + (memory == 4);
  bool far = mode == 2 || (mode == 0 && (memory == 5 || (memory == 4 && (form[1] & 7) == 5)));
  return length + (far ? 4 : mode == 1);
}

/* One load or move of a register, or the clearing of one, with its prefix; 0 for anything else. */
static size_t move_length(const unsigned char *at) {
  bool wide = (at[0] & 0xf8) == 0x48;
  size_t prefix = (at[0] & 0xf0) == 0x40;
  unsigned char operation = at[prefix];
  if ((operation & 0xf8) == 0xb8) return prefix + 1 + (wide ? 8 : 4);
  if (operation != 0x89 && operation != 0x8b && operation != 0x8d && operation != 0x31 && operation != 0x33 && operation != 0xc7) return 0;
  return prefix + 1 + form_length(at + prefix + 1) + (operation == 0xc7 ? 4 : 0);
}

static bool only_moves(const unsigned char *at, const unsigned char *end) {
  while (at < end) {
    size_t length = move_length(at);
    if (!length) return false;
    at += length;
  }
  return at == end;
}

/* mov $number, %eax (b8 imm32), then moves, then the instruction at `call`. */
static bool is_led_to(const unsigned char *text, const unsigned char *call, bool old) {
  for (const unsigned char *load = call - text > NEAR ? call - NEAR : text; load + 5 <= call; load++)
    if (load[0] == 0xb8 && load[2] < 2 && !load[3] && !load[4] && (old || is_telling(load[1] | (unsigned)load[2] << 8)) && only_moves(load + 5, call)) return true;
  return false;
}

typedef unsigned char sixteen __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

/* None of the second bytes of a call is among the next sixteen: so it is nearly everywhere, and code has tens of millions of bytes. */
static bool is_empty(const unsigned char *at) {
  sixteen bytes;
  __builtin_memcpy(&bytes, at, sizeof bytes);
  halves found = (halves)((bytes == 0x05) | (bytes == 0x34) | (bytes == 0x80));
  return !(found[0] | found[1]);
}

static bool calls_kernel(const unsigned char *text, size_t size) {
  for (size_t i = 1; i < size; i++) {
    while (i + 16 <= size && is_empty(text + i)) i += 16;
    if (i >= size) break;
    bool old = is_old_call(text + i - 1);
    if ((old || is_syscall(text + i - 1)) && is_led_to(text, text + i - 1, old)) return true;
  }
  return false;
}
#else
/* mov x8, #number (d28…8), then svc #0 (d4000001), both four bytes long and aligned. */
static bool calls_kernel(const unsigned char *text, size_t size) {
  const uint32_t *words = (const uint32_t *)(const void *)text;
  for (size_t i = 0; i < size / 4; i++) {
    if (words[i] != 0xd4000001u) continue;
    for (size_t j = i > 6 ? i - 6 : 0; j < i; j++)
      if ((words[j] & 0xffe0001fu) == 0xd2800008u && is_telling((words[j] >> 5) & 0xffff)) return true;
  }
  return false;
}
#endif

/* A note: lengths of name and content, type, name, content, each padded to four bytes (gabi, "Note Section"). */
static bool has_go_note(const unsigned char *notes, size_t size) {
  const uint32_t go = 'G' | 'o' << 8;
  size_t at = 0;
  for (int i = 0; i < MOST_NOTES && at + 16 <= size; i++) {
    const uint32_t *note = (const uint32_t *)(const void *)(notes + at);
    if (note[0] == 4 && note[3] == go) return true;
    at += 12 + ((note[0] + 3ul) & ~3ul) + ((note[1] + 3ul) & ~3ul);
  }
  return false;
}

bool object_is_go(const struct dl_phdr_info *info) {
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type == PT_NOTE && part->p_align == 4 && has_go_note((const unsigned char *)(info->dlpi_addr + part->p_vaddr), part->p_memsz)) return true;
  }
  return false;
}

bool object_calls_kernel(const struct dl_phdr_info *info, bool is_program) {
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || !(part->p_flags & PF_R)) continue;
    if (!is_program && part->p_filesz > MOST_OF_LIBRARY) continue;
    /* Bun has 82 MiB, and its calls at the beginning. */
    uint64_t size = part->p_filesz < MOST_OF_PROGRAM ? part->p_filesz : MOST_OF_PROGRAM;
    if (calls_kernel((const unsigned char *)(info->dlpi_addr + part->p_vaddr), size)) return true;
  }
  return false;
}
