/* What is known of the io_uring queues of this process, so that a submission can be looked at before the kernel takes it. */
#ifndef ROAR_RINGS_H
#define ROAR_RINGS_H

#include <sys/types.h>

#include "roar.h"
#include "roar_rings.h"

void ring_told(void);                                                /* a gap: what it is given cannot be seen */
void ring_made(long fd, const struct ring_settings *settings);       /* by io_uring_setup */
void ring_mapped(int fd, const void *start, off_t at);               /* a part of one, or any other mapping */
void ring_entered(int fd, unsigned submitted, unsigned flags);       /* before the call */

#endif
