/* Bytes that this job has read are about to be destroyed: the program waits until their digest is taken, as on Linux (../src/facts.c). */
#include <time.h>
#include <unistd.h>

#include "darwin.h"

/* The recorder's heartbeat bounds it: one that is dead, or stuck for a second, holds nobody. */
static void wait_for_release(uint64_t ticket) {
  struct roar_header *header = log_header();
  uint32_t heartbeat = __atomic_load_n(&header->heartbeat, __ATOMIC_RELAXED);
  long nap = 50000, still = 0;
  while (__atomic_load_n(&header->holds_released, __ATOMIC_ACQUIRE) <= ticket && !log_closed()) {
    struct timespec time = {0, nap};
    nanosleep(&time, NULL);
    uint32_t now = __atomic_load_n(&header->heartbeat, __ATOMIC_RELAXED);
    still = now == heartbeat ? still + nap : 0;
    heartbeat = now;
    if (still > (long)NS_PER_S) return;
    if (nap < 2000000) nap *= 2;
  }
}

/* What this job has made is no input of it. The filter may err for one file in some; that and a birth behind the log's own is certain enough. */
static bool is_wanted(const struct stamp *stamp) {
  if (!is_regular(stamp) || !stamp->size || !filter_has(stamp->dev, stamp->ino)) return false;
  return !made_here(stamp) || !log_born || stamp->birth_ns < log_born;
}

void hold_bytes(const struct stamp *stamp, const char *path) {
  if (!is_wanted(stamp)) return;
  uint64_t ticket = log_hold(own_pid(), own_pid(), stamp, text_of(path));
  if (ticket) wait_for_release(ticket);
}

void hold_fd(int fd, const struct stamp *stamp) {
  char path[PATH_BYTES];
  if (is_wanted(stamp) && path_of_fd(fd, path)) hold_bytes(stamp, path);
}

/* By its own path, whatever link the name is. O_EVTONLY asks for no right to read. */
void hold_named(int dirfd, const char *path, const struct stamp *stamp) {
  if (!is_wanted(stamp)) return;
  int fd = openat(dirfd, path, O_EVTONLY | O_CLOEXEC);
  if (fd < 0) return;
  hold_fd(fd, stamp);
  close(fd);
}
