/*
 * Path buffers. A hook may run in a signal handler on an alternate stack of MINSIGSTKSZ (2 KiB), so pages of path do not go on the stack.
 * A slot is taken by a flag and never waited for.
 */
#include "roar.h"

#define SLOTS 16
static struct scratch slots[SLOTS];
/* Apart from the buffers: a forked child resets them all, and each page that it writes to is copied for it. */
HOT static uint8_t busy[SLOTS];

struct scratch *scratch_take(void) {
  for (int i = 0; i < SLOTS; i++)
    if (!__atomic_exchange_n(&busy[i], 1, __ATOMIC_ACQUIRE)) return &slots[i];
  return NULL;
}

void scratch_give(struct scratch *one) {
  if (one) __atomic_store_n(&busy[one - slots], 0, __ATOMIC_RELEASE);
}

void scratch_reset(void) {
  for (int i = 0; i < SLOTS; i++) __atomic_store_n(&busy[i], 0, __ATOMIC_RELEASE);
}
