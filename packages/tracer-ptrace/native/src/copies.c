/* What moves bytes without a read or a write: mappings, copies inside the kernel, requests in a queue. */
#include <linux/aio_abi.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "supervise.h"

#define FICLONERANGE_NUMBER 0x4020940du
#define FIDEDUPERANGE_NUMBER 0xc0189436u /* makes equal bytes share their place: no content changes */

static uint32_t unnamed(const struct stamp *stamp) { return stamp->links == 0 ? ROAR_ACCESS_UNNAMED : 0; }

static void tell(const struct call *call, int copy, const struct stamp *stamp, uint32_t access) {
  char path[PATH_BYTES];
  if (access & ROAR_ACCESS_READ) {
    tell_read(call->process, copy, stamp, access);
  } else if (!told_once(call->process, stamp, access) && path_of_file(call->process, copy, stamp, path)) {
    fact_file(ROAR_RECORD_FILE, call->process->pid, path, stamp, access | unnamed(stamp));
  }
}

/* A regular file open for this: its state and path. */
/* Of pipes and sockets there is nothing to tell. */
static char *side(const struct call *call, int fd, bool reads, struct stamp *stamp) {
  char path[PATH_BYTES];
  int copy = remote_fd(call->process, fd);
  if (copy < 0) return NULL;
  int mode = fcntl(copy, F_GETFL) & O_ACCMODE;
  bool usable = (mode == O_RDWR || mode == (reads ? O_RDONLY : O_WRONLY)) && stamp_fd(copy, stamp) && is_regular(stamp);
  bool known = usable && path_of_file(call->process, copy, stamp, path);
  close(copy);
  return known ? strdup(path) : NULL;
}

void copy_drop(struct thread *thread) {
  free(thread->copy.from_path);
  free(thread->copy.to_path);
  memset(&thread->copy, 0, sizeof thread->copy);
}

void copying(const struct call *call) {
  const uint64_t *a = call->args;
  int from = (int)a[0], to = (int)a[2];
  uint64_t length = a[4];
  if (call->id == CALL_SENDFILE) {
    from = (int)a[1], to = (int)a[0], length = a[3];
  } else if (call->id == CALL_IOCTL) {
    uint64_t range[4] = {0};
    from = (int)a[2], to = (int)a[0], length = 1;
    if ((uint32_t)a[1] == FICLONERANGE_NUMBER) from = remote_read(call->thread->tid, a[2], range, sizeof range) ? (int)range[0] : -1;
    if ((uint32_t)a[1] == FIDEDUPERANGE_NUMBER) return;
  }
  struct copy *copy = &call->thread->copy;
  copy_drop(call->thread);
  if (!length) return;
  copy->from_fd = from;
  copy->from_path = side(call, from, true, &copy->from);
  copy->to_path = side(call, to, false, &copy->to);
  copy->counted = call->id == CALL_SENDFILE || call->id == CALL_COPY_FILE_RANGE;
  copy->active = copy->from_path || copy->to_path;
}

/* At the thread's next call: the kernel counts two of these calls among the reads; of the others only the changed target tells. */
static bool has_copied(const struct thread *thread) {
  const struct copy *copy = &thread->copy;
  struct stamp now;
  /* Other calls since may have read, too: a target that is what it was has got nothing. */
  if (copy->counted && thread->now.read_bytes <= thread->last.read_bytes) return false;
  return !copy->to_path || !stamp_path(AT_FDCWD, copy->to_path, 0, &now) || !same_version(&now, &copy->to);
}

void settle_copy(struct thread *thread) {
  struct copy *copy = &thread->copy;
  struct process *process = thread->process;
  if (!copy->active) return;
  if (has_copied(thread)) {
    if (copy->from_path) position_moved(process, copy->from_fd);
    if (copy->from_path && !told_once(process, &copy->from, ROAR_ACCESS_READ))
      fact_file(ROAR_RECORD_FILE, process->pid, copy->from_path, &copy->from, ROAR_ACCESS_READ | unnamed(&copy->from));
    if (copy->to_path && !told_once(process, &copy->to, ROAR_ACCESS_WRITTEN))
      fact_file(ROAR_RECORD_FILE, process->pid, copy->to_path, &copy->to, ROAR_ACCESS_WRITTEN | unnamed(&copy->to));
  }
}

/* A mapping of a file: read, if it can be read; a shared one of a file open for both may be stored to without any call. */
void mapping(const struct call *call) {
  struct stamp stamp;
  int protection = (int)call->args[2], kind = (int)call->args[3] & MAP_TYPE;
  int copy = call->args[1] ? remote_fd(call->process, (int)call->args[4]) : -1;
  if (copy < 0) return;
  bool shared = kind == MAP_SHARED || kind == MAP_SHARED_VALIDATE, regular = stamp_fd(copy, &stamp) && is_regular(&stamp);
  /* Locale files, most of all: told long ago, and nothing of this process's writing can be in them. */
  bool nothing_new = !shared && regular && stamp.mtime_ns < call->process->since && !written_find(call->process, &stamp) && read_is_told(call->process, &stamp);
  int mode = regular && !nothing_new ? fcntl(copy, F_GETFL) & O_ACCMODE : O_WRONLY;
  /* The kernel refuses to map what cannot be read, even for writing only, and to share what cannot be written with stores (mmap(2), EACCES). */
  bool refused = mode == O_WRONLY || (shared && (protection & PROT_WRITE) && mode != O_RDWR);
  if (!refused) {
    if (mode != O_RDONLY && !shared) settle_open(call->process, (int)call->args[4], copy, &stamp);
    if (protection & PROT_READ) tell(call, copy, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED);
    if (mode == O_RDWR && shared) {
      struct written *one = written_find(call->process, &stamp);
      if (one) one->mapped = true;
      tell(call, copy, &stamp, ROAR_ACCESS_MAY_WRITE | ROAR_ACCESS_OPEN);
    }
  }
  close(copy);
}

/* The kernel's own queue of requests (aio(7)); what it does is not counted among the reads. */
void submitting(const struct call *call) {
  uint64_t count = call->args[1] < 64 ? call->args[1] : 64;
  for (uint64_t i = 0; i < count; i++) {
    uint64_t place;
    struct iocb one;
    struct stamp stamp;
    if (!remote_read(call->thread->tid, call->args[2] + 8 * i, &place, sizeof place) || !remote_read(call->thread->tid, place, &one, sizeof one)) return;
    bool reads = one.aio_lio_opcode == IOCB_CMD_PREAD || one.aio_lio_opcode == IOCB_CMD_PREADV;
    bool writes = one.aio_lio_opcode == IOCB_CMD_PWRITE || one.aio_lio_opcode == IOCB_CMD_PWRITEV;
    char *path = (reads || writes) && one.aio_nbytes ? side(call, (int)one.aio_fildes, reads, &stamp) : NULL;
    if (path) fact_file(ROAR_RECORD_FILE, call->process->pid, path, &stamp, reads ? ROAR_ACCESS_READ : ROAR_ACCESS_WRITTEN);
    free(path);
  }
}
