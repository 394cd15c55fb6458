/* What moves bytes without a read or a write: mappings, and copies inside the kernel. */
#include <sys/mman.h>
#include <unistd.h>

#include "supervise.h"

static void tell(const struct call *call, int copy, const struct stamp *stamp, uint32_t access) {
  char path[PATH_BYTES];
  if (access & ROAR_ACCESS_READ) {
    tell_read(call->process, copy, stamp, access);
  } else if (!told_once(call->process, stamp, access) && path_of_fd(copy, path, sizeof path)) {
    fact_file(ROAR_RECORD_FILE, call->process->pid, path, stamp, access | (stamp->links == 0 ? ROAR_ACCESS_UNNAMED : 0));
  }
}

static void touched(const struct call *call, int fd, bool reads) {
  struct stamp stamp;
  int copy = remote_fd(call->process, fd);
  if (copy < 0) return;
  int mode = fcntl(copy, F_GETFL) & O_ACCMODE;
  bool allowed = mode == O_RDWR || mode == (reads ? O_RDONLY : O_WRONLY);
  if (allowed && stamp_fd(copy, &stamp) && is_regular(&stamp)) {
    if (reads) tell(call, copy, &stamp, ROAR_ACCESS_READ);
    else tell(call, copy, &stamp, ROAR_ACCESS_WRITTEN);
  }
  close(copy);
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
    if ((uint32_t)a[1] == 0x4020940du) from = remote_read(call->thread->tid, a[2], range, sizeof range) ? (int)range[0] : -1;
    if ((uint32_t)a[1] == 0xc0189436u) return;
  }
  if (!length) return;
  touched(call, from, true);
  touched(call, to, false);
}

/* A mapping of a file: read, if it can be read; a shared one of a file open for both may be stored to without any call. */
void mapping(const struct call *call) {
  struct stamp stamp;
  int protection = (int)call->args[2], kind = (int)call->args[3] & MAP_TYPE;
  int copy = remote_fd(call->process, (int)call->args[4]);
  if (copy < 0) return;
  if (stamp_fd(copy, &stamp) && is_regular(&stamp)) {
    bool writable = (fcntl(copy, F_GETFL) & O_ACCMODE) == O_RDWR;
    if (protection & PROT_READ) tell(call, copy, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED);
    if (writable && (kind == MAP_SHARED || kind == MAP_SHARED_VALIDATE)) {
      struct written *one = written_find(call->process, &stamp);
      if (one) one->mapped = true;
      tell(call, copy, &stamp, ROAR_ACCESS_MAY_WRITE | ROAR_ACCESS_OPEN);
    }
  }
  close(copy);
}
