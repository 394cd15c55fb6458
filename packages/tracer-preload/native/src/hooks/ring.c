/*
 * io_uring through its library: what is given to its queue makes no call. Setting one up is told where it succeeds; many programs only ask whether
 * they may. liburing enters the kernel by instructions of its own (2.2 and later, on x86-64 and arm64), so its front doors are ours too.
 */
#include "../rings.h"
#include "hook.h"

#define MAKES_RING(name, parameters, arguments)              \
  EXPORT int name parameters {                               \
    int result = REAL(name, int(*) parameters) arguments;    \
    if (result >= 0) ring_told();                            \
    return result;                                           \
  }
MAKES_RING(io_uring_setup, (unsigned entries, void *settings), (entries, settings))
MAKES_RING(io_uring_queue_init, (unsigned entries, void *ring, unsigned flags), (entries, ring, flags))
MAKES_RING(io_uring_queue_init_params, (unsigned entries, void *ring, void *settings), (entries, ring, settings))
MAKES_RING(io_uring_queue_init_mem, (unsigned entries, void *ring, void *settings, void *memory, size_t size), (entries, ring, settings, memory, size))
