/* The programs in the kernel, from roard's side: loaded once, and for all runs. A run has a slot from 0 to MOST_RUNS - 1, which comes again. */
#ifndef ROAR_PROGRAM_H
#define ROAR_PROGRAM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event.h"

#define RING_BYTES (16u << 20)

bool program_load(const char **what); /* false: what could not be done; errno says why */
bool program_kernel_knows(const char *helper); /* a function that programs may call there */
int program_new_ring(void);           /* descriptor, or -1 */
/* Slow, both: the kernel waits until no program can still use the ring that was there (a map in a map, kernel/bpf/syscall.c). */
bool program_prepare(uint32_t slot, int ring);
void program_drop_ring(uint32_t slot);
/* From here on a process of this user that knows the secret may join; `uid`: whose run it is. */
bool program_open_run(uint32_t slot, uint32_t uid, const uint64_t secret[2]);
void program_close_run(uint32_t slot); /* its processes go on unseen */
bool program_counts(uint32_t slot, struct counts *counts, struct run *run);
size_t program_take_kept(uint32_t slot, uint64_t sequence, char *into, size_t room); /* 0: not there, or no room */
#endif
