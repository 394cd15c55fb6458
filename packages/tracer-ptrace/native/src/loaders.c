/*
 * Whether another program has begun, without a look at /proc, where a first look makes what it finds. Each program that is linked dynamically
 * begins in the loader, with the same call of it: where the call comes from tells where the loader then lies, and its first page, build id and all, whether it does.
 */
#include <string.h>

#include "supervise.h"

static struct {
  uint64_t call; /* from its beginning; 0: none is known */
  char head[1024];
} loader;

void loader_learn(uint32_t pid, uint64_t base, uint64_t from) {
  loader.call = 0;
  if (base && from > base && from - base < LOADER_SPAN && remote_read(pid, base, loader.head, sizeof loader.head)) loader.call = from - base;
}

/* 0: to be asked for. At the place of the loader that was there before, the exec may have failed; where that one lay may not be known. */
uint64_t loader_found(const struct process *process, uint64_t from) {
  char head[sizeof loader.head];
  uint64_t base = from - loader.call;
  if (!loader.call || !process->loader || from < loader.call || base & 4095 || base == process->loader) return 0;
  return remote_read(process->pid, base, head, sizeof head) && memcmp(head, loader.head, sizeof head) == 0 ? base : 0;
}
