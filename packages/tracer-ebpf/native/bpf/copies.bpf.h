/* Content that moves: reads, writes, copies inside the kernel. */
#ifndef ROAR_COPIES_H
#define ROAR_COPIES_H
#include "opens.bpf.h"
#include "calls.bpf.h"

#define FICLONE 0x40049409
#define FICLONERANGE 0x4020940d
#define FIDEDUPERANGE 0xc0189436

static __always_inline void note_read(struct tracked *who, int fd) { note_file(who, file_of(fd), ACCESS_READ); }

static __always_inline void note_written_anew(struct tracked *who, struct file *file) {
  if (!file || !who) return;
  u32 appends = LOOK(struct file, file, f_flags) & O_APPEND ? ACCESS_APPENDED : 0;
  note_another(who, (u64)file, ACCESS_WRITTEN | appends);
}

/* Whether it appends is told with the first write. */
static __always_inline void note_written_file(struct tracked *who, struct file *file) {
  if (!file) return;
  if (is_recent(who, file, ACCESS_WRITTEN)) return count_repeated(who->slot);
  note_written_anew(who, file);
}

static __always_inline void note_written(struct tracked *who, int fd) { note_written_file(who, file_of(fd)); }

static __always_inline void note_copy(struct tracked *who, int from, int to) {
  note_read(who, from);
  note_written(who, to);
}

static __always_inline void note_ioctl(struct tracked *who, int fd, u32 request, u64 argument) {
  s64 source = -1;
  if (request == FICLONE) return note_copy(who, (int)argument, fd);
  if (request == FICLONERANGE && !bpf_probe_read_user(&source, sizeof source, (void *)argument)) return note_copy(who, (int)source, fd);
  if (request != FIDEDUPERANGE) return;
  /* linux/fs.h: three words of head, then one target each of 32 bytes; the others of a call with several are rare. */
  note_read(who, fd);
  if (!bpf_probe_read_user(&source, sizeof source, (void *)(argument + 24))) note_written(who, (int)source);
}

/* struct iocb: its opcode at 16, its descriptor at 20. */
struct submit { u64 list; };

static long submit_one(u32 index, struct submit *submit) {
  u64 iocb = 0;
  u16 opcode = 0;
  u32 fd = 0;
  struct tracked *who = tracked_now();
  if (!who || bpf_probe_read_user(&iocb, sizeof iocb, (void *)(submit->list + index * 8))) return 1;
  bpf_probe_read_user(&opcode, sizeof opcode, (void *)(iocb + 16));
  bpf_probe_read_user(&fd, sizeof fd, (void *)(iocb + 20));
  if (opcode == 0 || opcode == 7) note_read(who, (int)fd);
  if (opcode == 1 || opcode == 8) note_written(who, (int)fd);
  return 0;
}

static __always_inline void note_submitted(u64 list, long count) {
  struct submit submit = {.list = list};
  bpf_loop((u32)count & 1023, submit_one, &submit, 0);
}
#endif
