/*
 * System calls that go past libc are past this library too. Programs that make them hold the instruction; a plain search for its two bytes would
 * find it by chance in every large program, so it must stand shortly behind a load of a small number into the call's register, as compilers and
 * people write it. Only a program's own objects of moderate size are searched, each once in a job.
 */
#include <elf.h>
#include <link.h>

#include "roar.h"

#define MOST_TEXT (2ul << 20)
#define NEAR 24

#if defined(__x86_64__)
/* syscall (0f 05), and the ways of 32-bit programs, which 64-bit ones may take too: int $0x80 (cd 80), sysenter (0f 34). */
static bool enters_kernel(const unsigned char *two) {
  return (two[0] == 0x0f && (two[1] == 0x05 || two[1] == 0x34)) || (two[0] == 0xcd && two[1] == 0x80);
}

/* mov $number, %eax (b8 imm32), then the instruction. */
static bool calls_kernel(const unsigned char *text, size_t size) {
  for (size_t i = 1; i < size; i++) {
    if (!enters_kernel(text + i - 1)) continue;
    size_t from = i > NEAR ? i - NEAR : 0;
    for (size_t j = from; j + 5 <= i; j++)
      if (text[j] == 0xb8 && text[j + 2] < 2 && text[j + 3] == 0 && text[j + 4] == 0) return true;
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
      if ((words[j] & 0xffe0001fu) == 0xd2800008u) return true;
  }
  return false;
}
#endif

bool object_calls_kernel(const struct dl_phdr_info *info) {
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || !(part->p_flags & PF_R) || part->p_filesz > MOST_TEXT) continue;
    if (calls_kernel((const unsigned char *)(info->dlpi_addr + part->p_vaddr), part->p_filesz)) return true;
  }
  return false;
}
