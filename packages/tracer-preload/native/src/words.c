/* Memory and strings without libc: its own may be replaced, or be resolved through code that is not ready yet. */
#include "roar.h"

void copy_bytes(void *to, const void *from, size_t n) {
  char *d = to;
  const char *s = from;
  for (; n >= 8; n -= 8, d += 8, s += 8) {
    uint64_t word;
    __builtin_memcpy(&word, s, 8);
    __builtin_memcpy(d, &word, 8);
    __asm__ volatile("" ::: "memory");
  }
  /* The empty statement keeps the compiler from turning the loop into a call to memcpy. */
  while (n--) {
    *d++ = *s++;
    __asm__ volatile("" ::: "memory");
  }
}

void zero_bytes(void *at, size_t n) {
  char *d = at;
  while (n--) {
    *d++ = 0;
    __asm__ volatile("" ::: "memory");
  }
}

size_t text_length(const char *text) {
  size_t n = 0;
  while (text[n]) {
    n++;
    __asm__ volatile("" ::: "memory");
  }
  return n;
}

bool same_text(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

bool starts_with(const char *text, const char *start) {
  while (*start && *text == *start) text++, start++;
  return !*start;
}

/* Writes at most up to `end`, always leaves room for the final 0 that it sets. */
char *append_text(char *at, const char *end, const char *text) {
  while (*text && at + 1 < end) *at++ = *text++;
  *at = 0;
  return at;
}

char *append_number(char *at, const char *end, unsigned long number) {
  char digits[24];
  int n = 0;
  do digits[n++] = (char)('0' + number % 10);
  while (number /= 10);
  while (n && at + 1 < end) *at++ = digits[--n];
  *at = 0;
  return at;
}
