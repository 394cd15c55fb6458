/* io_uring: what its requests did to files, seen when they are completed, by whichever thread of the process does so. */
#ifndef ROAR_RINGS_H
#define ROAR_RINGS_H
#include "copies.bpf.h"

/* include/uapi/linux/io_uring.h: numbers never change. */
enum ring_operation {
  RING_READV = 1, RING_WRITEV = 2, RING_READ_FIXED = 4, RING_WRITE_FIXED = 5, RING_FALLOCATE = 17, RING_OPENAT = 18, RING_READ = 22, RING_WRITE = 23,
  RING_OPENAT2 = 28, RING_SPLICE = 30, RING_RENAMEAT = 35, RING_UNLINKAT = 36, RING_MKDIRAT = 37, RING_SYMLINKAT = 38, RING_LINKAT = 39,
  RING_READ_MULTISHOT = 49, RING_FTRUNCATE = 55, RING_READV_FIXED = 58, RING_WRITEV_FIXED = 59,
};

struct open_how { u64 flags; };
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct io_open { struct open_how how; u32 file_slot; };
#pragma clang attribute pop

static __always_inline bool is_ring_name(u8 operation) { return operation >= RING_RENAMEAT && operation <= RING_LINKAT; }

/* The names of a request are the kernel's own copies; they are gone when it is completed, so they are told before and count when it has succeeded. */
static __noinline u32 put_ring_place(struct tracked *who, u32 text, int dirfd, struct filename *name, u32 at) {
  struct scratch *scratch = scratch_get();
  if (!scratch || !who) return at;
  struct event *event = (struct event *)scratch;
  u32 first = at & (TEXT_ROOM - 1);
  at = put_name(event, scratch, text == TEXT_BASE ? TEXT_NAME : TEXT_NAME_2, BPF_CORE_READ(name, name), true, at);
  struct path base = base_of(dirfd, scratch->bytes[first] == '/');
  if (!base.dentry) return at;
  return put_text_path(scratch, who->slot, text, &base, at);
}

static __always_inline u32 put_ring_names(struct tracked *who, struct event *event, struct io_kiocb *request, u8 operation, u32 at) {
  struct io_rename *rename = (void *)request;
  struct io_unlink *unlink = (void *)request;
  struct io_mkdir *mkdir = (void *)request;
  struct io_link *link = (void *)request;
  switch (operation) {
    case RING_UNLINKAT:
      event->kind = EVENT_UNLINK;
      event->value = BPF_CORE_READ(unlink, flags) & 0x200 ? 1 : 0;
      return put_ring_place(who, TEXT_BASE, BPF_CORE_READ(unlink, dfd), BPF_CORE_READ(unlink, filename), at);
    case RING_MKDIRAT:
      event->kind = EVENT_MKDIR;
      return put_ring_place(who, TEXT_BASE, BPF_CORE_READ(mkdir, dfd), BPF_CORE_READ(mkdir, filename), at);
    case RING_RENAMEAT:
      event->kind = EVENT_RENAME;
      event->value = BPF_CORE_READ(rename, flags);
      at = put_ring_place(who, TEXT_BASE, BPF_CORE_READ(rename, old_dfd), BPF_CORE_READ(rename, oldpath), at);
      return put_ring_place(who, TEXT_BASE_2, BPF_CORE_READ(rename, new_dfd), BPF_CORE_READ(rename, newpath), at);
  }
  event->kind = operation == RING_LINKAT ? EVENT_LINK : EVENT_SYMLINK;
  event->value = operation == RING_LINKAT ? BPF_CORE_READ(link, flags) : 0;
  at = put_ring_place(who, TEXT_BASE, operation == RING_LINKAT ? BPF_CORE_READ(link, old_dfd) : AT_FDCWD, BPF_CORE_READ(link, oldpath), at);
  return put_ring_place(who, TEXT_BASE_2, BPF_CORE_READ(link, new_dfd), BPF_CORE_READ(link, newpath), at);
}

static __always_inline bool is_ring_content(u8 operation) {
  switch (operation) {
    case RING_READ: case RING_READV: case RING_READ_FIXED: case RING_READV_FIXED: case RING_WRITE: case RING_WRITEV: case RING_WRITE_FIXED:
    case RING_WRITEV_FIXED: case RING_FALLOCATE: case RING_FTRUNCATE: case RING_OPENAT: case RING_OPENAT2: case RING_SPLICE: return true;
  }
  return false;
}

#define RING_SILENT (1 << 6) /* REQ_F_CQE_SKIP: nothing traces the end of a request that wants no word of its success */

/* A gap, once a process. */
static __noinline void tell_silent(struct tracked *who) {
  struct scratch *scratch = scratch_get();
  if (!scratch || !who || who->silent) return;
  who->silent = 1;
  event_begin(scratch, who, EVENT_RING_SILENT);
  send(scratch, who->slot, sizeof(struct event), false);
}

SEC("?tp_btf/io_uring_submit_req")
int BPF_PROG(on_ring_asked, struct io_kiocb *request) {
  u8 operation = BPF_CORE_READ(request, opcode);
  bool silent = BPF_CORE_READ(request, flags) & RING_SILENT;
  if (!is_ring_name(operation) && !(silent && is_ring_content(operation))) return 0;
  struct tracked *who = tracked_now();
  struct scratch *scratch = scratch_get();
  if (!who || !scratch) return 0;
  if (silent) {
    tell_silent(who);
    return 0;
  }
  struct event *event = event_begin(scratch, who, EVENT_RENAME);
  event->flags = EVENT_PENDING;
  event->key = (u64)request;
  u32 at = put_ring_names(who, event, request, operation, sizeof *event);
  send(scratch, who->slot, at, false);
  return 0;
}

static __noinline void tell_ring_done(struct tracked *who, u64 key, int result) {
  struct scratch *scratch = scratch_get();
  if (!scratch || !who) return;
  struct event *event = event_begin(scratch, who, EVENT_RING_DONE);
  event->key = key;
  event->value = result;
  u32 at = put_candidates(scratch);
  send(scratch, who->slot, at, false);
}

#define FIXED_MASK (~7ul) /* the lowest bits are flags */

/* A file that was opened into the ring's own table has no descriptor. */
static __always_inline struct file *fixed_file(struct io_kiocb *request, u32 index) {
  struct io_rsrc_node *node = NULL, **nodes;
  if (!bpf_core_field_exists(struct io_file_table, data) || index >= BPF_CORE_READ(request, ctx, file_table.data.nr)) return NULL;
  nodes = BPF_CORE_READ(request, ctx, file_table.data.nodes);
  bpf_probe_read_kernel(&node, sizeof node, nodes + index);
  return node ? (struct file *)(BPF_CORE_READ(node, file_ptr) & FIXED_MASK) : NULL;
}

/* Its place is counted from 1; ~0: the kernel has chosen it, and says which. */
static __always_inline void ring_opened(struct tracked *who, struct io_kiocb *request, int result) {
  struct io_open *open = (void *)request;
  u64 flags = BPF_CORE_READ(open, how.flags);
  u32 slot = BPF_CORE_READ(open, file_slot);
  struct file *file = slot ? fixed_file(request, slot == ~0u ? (u32)result : slot - 1) : NULL;
  if (!slot) note_open(who, result, flags, AT_FDCWD, 0);
  else if (file) note_opened(who, file, flags);
}

static __always_inline void ring_spliced(struct tracked *who, struct io_kiocb *request) {
  struct io_splice *splice = (void *)request;
  note_read(who, BPF_CORE_READ(splice, splice_fd_in));
  note_written_file(who, BPF_CORE_READ(splice, file_out));
}

static __noinline int ring_done(struct io_kiocb *request, int result) {
  struct tracked *who = tracked_now();
  u64 thread = bpf_get_current_pid_tgid();
  if (!who || !request) return 0;
  u8 operation = BPF_CORE_READ(request, opcode);
  struct file *file = BPF_CORE_READ(request, file);
  if (is_ring_name(operation)) tell_ring_done(who, (u64)request, result);
  else bpf_map_delete_elem(&changes, &thread);
  if (result < 0) return 0;
  switch (operation) {
    case RING_READ: case RING_READV: case RING_READ_FIXED: case RING_READ_MULTISHOT: case RING_READV_FIXED: note_file(who, file, ACCESS_READ); break;
    case RING_WRITE: case RING_WRITEV: case RING_WRITE_FIXED: case RING_WRITEV_FIXED: if (result > 0) note_written_file(who, file); break;
    case RING_FALLOCATE: case RING_FTRUNCATE: note_written_file(who, file); break;
    case RING_OPENAT: case RING_OPENAT2: ring_opened(who, request, result); break;
    case RING_SPLICE: if (result > 0) ring_spliced(who, request); break;
  }
  return 0;
}

SEC("?tp_btf/io_uring_complete") /* from Linux 6.12 on */
int BPF_PROG(on_ring_done, struct io_ring_ctx *ring, void *request, struct io_uring_cqe *entry) { return ring_done(request, entry->res); }

SEC("?tp_btf/io_uring_complete") /* from Linux 5.17 on: each value by itself */
int BPF_PROG(on_ring_done_before, void *ring, void *request, u64 user_data, int result) { return ring_done(request, result); }
#endif
