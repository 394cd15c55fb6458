/* What is known of the io_uring queues of this process, so that a submission can be looked at before the kernel takes it. */
#ifndef ROAR_RINGS_H
#define ROAR_RINGS_H

#include <sys/types.h>

#include "roar.h"

/* The kernel's struct io_uring_params as far as the queue of requests (Linux 5.1, include/uapi/linux/io_uring.h). */
struct ring_settings {
  uint32_t requests, completions, flags, rest[7];
  struct {
    uint32_t head, tail, mask, entries, flags, dropped, indices, reserved;
    uint64_t user_address;
  } queue;
};

void ring_told(void);                                                /* a gap: what it is given cannot be seen */
void ring_made(long fd, const struct ring_settings *settings);       /* by io_uring_setup */
void ring_mapped(int fd, const void *start, off_t at);               /* a part of one, or any other mapping */
void ring_entered(int fd, unsigned submitted, unsigned flags);       /* before the call */

#endif
