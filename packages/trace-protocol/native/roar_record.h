/* What every writer of a log does alike, wherever its mapping lies: the head of a record, and the filter. Without libc's functions: the preload library has none. */
#ifndef ROAR_RECORD_H
#define ROAR_RECORD_H
#include <stdbool.h>
#include <stddef.h>

#include "roar_trace.h"

/*
 * `bytes` with all that follows the head, a multiple of 8; `at` in the log, where the record lies. Not valid before it has its check. `header` is asked
 * for as late as it stands here: where threads move the mapping, it is a function's answer.
 */
#define RECORD_HEAD(record, at, bytes, kind, header, process, thread)                        \
  do {                                                                                       \
    (record)->size = (uint32_t)(bytes);                                                      \
    (record)->type = (kind);                                                                 \
    (record)->sequence = __atomic_fetch_add(&(header)->sequence, 1, __ATOMIC_RELAXED);       \
    (record)->pid = (process);                                                               \
    (record)->tid = (thread);                                                                \
    (record)->flags = 0;                                                                     \
    /* For the commit: by then another thread may have moved the mapping. */                 \
    (record)->reserved = (uint32_t)((at) / ROAR_LAYOUT_ALIGNMENT);                           \
  } while (0)

/* `log`: where its header is mapped, behind which the filter lies. `bit`: of a file (`roar_filter_bit`). */
static inline uint8_t *filter_byte(uint32_t bit, char *log) { return (uint8_t *)log + ROAR_LAYOUT_HEADER + bit / 8; }

static inline bool filter_test(uint32_t bit, char *log) { return (__atomic_load_n(filter_byte(bit, log), __ATOMIC_ACQUIRE) >> (bit % 8)) & 1; }

/* True when it was not there yet. */
static inline bool filter_set(uint32_t bit, char *log) {
  uint8_t mask = (uint8_t)(1u << (bit % 8));
  return !(__atomic_fetch_or(filter_byte(bit, log), mask, __ATOMIC_ACQ_REL) & mask);
}

/* The filter's key for a file that was created in the job; an inode's own number is the key for one that was read. */
static inline uint64_t filter_made(uint64_t ino) { return ino ^ 0x6d616465ull << 32; }

#endif
