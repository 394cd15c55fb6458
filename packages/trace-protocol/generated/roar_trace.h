/* Made by scripts/generate.mjs from src/schema.ts. Do not edit. */
#ifndef ROAR_TRACE_H
#define ROAR_TRACE_H

#include <stddef.h>
#include <stdint.h>

#define ROAR_TRACE_VERSION 1
#define ROAR_TRACE_MAGIC "roarlog"
#define ROAR_TRACE_BUILD_ID UINT64_C(0x86b2f2ac4689426e)

enum roar_layout {
  ROAR_LAYOUT_HEADER = 4096,
  ROAR_LAYOUT_FILTER = 65536,
  ROAR_LAYOUT_ALIGNMENT = 8,
  ROAR_LAYOUT_RECORD_HEADER = 32,
  ROAR_LAYOUT_MAX_RECORD = 65536,
  ROAR_LAYOUT_MAX_PATH = 16384,
  ROAR_LAYOUT_MAX_ARGV = 32768,
};

enum roar_record_type {
  ROAR_RECORD_EXEC = 1,
  ROAR_RECORD_FORK = 2,
  ROAR_RECORD_EXIT = 3,
  ROAR_RECORD_FILE = 4,
  ROAR_RECORD_SETTLED = 5,
  ROAR_RECORD_RENAME = 6,
  ROAR_RECORD_LINK = 7,
  ROAR_RECORD_SYMLINK = 8,
  ROAR_RECORD_UNLINK = 9,
  ROAR_RECORD_MKDIR = 10,
  ROAR_RECORD_NAME = 11,
  ROAR_RECORD_GAP = 12,
  ROAR_RECORD_HOLD = 13,
  ROAR_RECORD_UNSEEN = 14,
};

enum roar_access {
  ROAR_ACCESS_READ = 1,
  ROAR_ACCESS_WRITTEN = 2,
  ROAR_ACCESS_CREATED = 4,
  ROAR_ACCESS_TRUNCATED = 8,
  ROAR_ACCESS_APPENDED = 16,
  ROAR_ACCESS_MAPPED = 32,
  ROAR_ACCESS_MAY_WRITE = 64,
  ROAR_ACCESS_EXECUTED = 128,
  ROAR_ACCESS_INFERRED = 256,
  ROAR_ACCESS_OPENED_READ = 512,
  ROAR_ACCESS_OPENED_WRITE = 1024,
  ROAR_ACCESS_OPEN = 2048,
  ROAR_ACCESS_UNNAMED = 4096,
  ROAR_ACCESS_EXISTED = 8192,
};

enum roar_rename_kind {
  ROAR_RENAME_PLAIN = 0,
  ROAR_RENAME_EXCHANGE = 1,
  ROAR_RENAME_WHITEOUT = 2,
};

enum roar_record_flag {
  ROAR_FLAG_TRUNCATED = 1,
  ROAR_FLAG_LEXICAL = 2,
  ROAR_FLAG_FOREIGN_NAMESPACE = 4,
  ROAR_FLAG_FOR_CHILD = 8,
  ROAR_FLAG_GONE = 16,
};

struct roar_header {
  char magic[8];
  uint32_t version;
  uint32_t header_size;
  uint64_t build_id;
  uint64_t capacity;
  uint32_t recorder_pid;
  uint32_t flags;
  uint64_t tail;
  uint64_t sequence;
  uint64_t lost;
  uint32_t closed;
  uint32_t heartbeat;
  uint64_t holds_released;
  uint64_t hold_ticket;
  uint64_t wake_at;
  uint64_t moves;
  uint64_t turns;
};
_Static_assert(offsetof(struct roar_header, magic) == 0, "roar_header.magic");
_Static_assert(offsetof(struct roar_header, version) == 8, "roar_header.version");
_Static_assert(offsetof(struct roar_header, header_size) == 12, "roar_header.headerSize");
_Static_assert(offsetof(struct roar_header, build_id) == 16, "roar_header.buildId");
_Static_assert(offsetof(struct roar_header, capacity) == 24, "roar_header.capacity");
_Static_assert(offsetof(struct roar_header, recorder_pid) == 32, "roar_header.recorderPid");
_Static_assert(offsetof(struct roar_header, flags) == 36, "roar_header.flags");
_Static_assert(offsetof(struct roar_header, tail) == 40, "roar_header.tail");
_Static_assert(offsetof(struct roar_header, sequence) == 48, "roar_header.sequence");
_Static_assert(offsetof(struct roar_header, lost) == 56, "roar_header.lost");
_Static_assert(offsetof(struct roar_header, closed) == 64, "roar_header.closed");
_Static_assert(offsetof(struct roar_header, heartbeat) == 68, "roar_header.heartbeat");
_Static_assert(offsetof(struct roar_header, holds_released) == 72, "roar_header.holdsReleased");
_Static_assert(offsetof(struct roar_header, hold_ticket) == 80, "roar_header.holdTicket");
_Static_assert(offsetof(struct roar_header, wake_at) == 88, "roar_header.wakeAt");
_Static_assert(offsetof(struct roar_header, moves) == 96, "roar_header.moves");
_Static_assert(offsetof(struct roar_header, turns) == 104, "roar_header.turns");
_Static_assert(sizeof(struct roar_header) == 112, "roar_header");

struct roar_record {
  uint32_t size;
  uint16_t type;
  uint16_t check;
  uint64_t sequence;
  uint32_t pid;
  uint32_t tid;
  uint32_t flags;
  uint32_t reserved;
};
_Static_assert(offsetof(struct roar_record, size) == 0, "roar_record.size");
_Static_assert(offsetof(struct roar_record, type) == 4, "roar_record.type");
_Static_assert(offsetof(struct roar_record, check) == 6, "roar_record.check");
_Static_assert(offsetof(struct roar_record, sequence) == 8, "roar_record.sequence");
_Static_assert(offsetof(struct roar_record, pid) == 16, "roar_record.pid");
_Static_assert(offsetof(struct roar_record, tid) == 20, "roar_record.tid");
_Static_assert(offsetof(struct roar_record, flags) == 24, "roar_record.flags");
_Static_assert(offsetof(struct roar_record, reserved) == 28, "roar_record.reserved");
_Static_assert(sizeof(struct roar_record) == 32, "roar_record");

struct roar_exec {
  struct roar_record record;
  uint32_t parent;
  uint64_t dev;
  uint64_t ino;
  uint64_t size;
  uint64_t mtime_ns;
  uint64_t ctime_ns;
  uint32_t executable_length;
  uint32_t interpreter_length;
  uint32_t cwd_length;
  uint32_t argv_length;
};
_Static_assert(offsetof(struct roar_exec, parent) == 32, "roar_exec.parent");
_Static_assert(offsetof(struct roar_exec, dev) == 40, "roar_exec.dev");
_Static_assert(offsetof(struct roar_exec, ino) == 48, "roar_exec.ino");
_Static_assert(offsetof(struct roar_exec, size) == 56, "roar_exec.size");
_Static_assert(offsetof(struct roar_exec, mtime_ns) == 64, "roar_exec.mtimeNs");
_Static_assert(offsetof(struct roar_exec, ctime_ns) == 72, "roar_exec.ctimeNs");
_Static_assert(offsetof(struct roar_exec, executable_length) == 80, "roar_exec.executable");
_Static_assert(offsetof(struct roar_exec, interpreter_length) == 84, "roar_exec.interpreter");
_Static_assert(offsetof(struct roar_exec, cwd_length) == 88, "roar_exec.cwd");
_Static_assert(offsetof(struct roar_exec, argv_length) == 92, "roar_exec.argv");
_Static_assert(sizeof(struct roar_exec) == 96, "roar_exec");

struct roar_fork {
  struct roar_record record;
  uint32_t parent;
};
_Static_assert(offsetof(struct roar_fork, parent) == 32, "roar_fork.parent");
_Static_assert(sizeof(struct roar_fork) == 40, "roar_fork");

struct roar_exit {
  struct roar_record record;
  int32_t status;
};
_Static_assert(offsetof(struct roar_exit, status) == 32, "roar_exit.status");
_Static_assert(sizeof(struct roar_exit) == 40, "roar_exit");

struct roar_file {
  struct roar_record record;
  uint32_t access;
  uint32_t mode;
  uint64_t dev;
  uint64_t ino;
  uint64_t size;
  uint64_t mtime_ns;
  uint64_t ctime_ns;
  uint32_t path_length;
};
_Static_assert(offsetof(struct roar_file, access) == 32, "roar_file.access");
_Static_assert(offsetof(struct roar_file, mode) == 36, "roar_file.mode");
_Static_assert(offsetof(struct roar_file, dev) == 40, "roar_file.dev");
_Static_assert(offsetof(struct roar_file, ino) == 48, "roar_file.ino");
_Static_assert(offsetof(struct roar_file, size) == 56, "roar_file.size");
_Static_assert(offsetof(struct roar_file, mtime_ns) == 64, "roar_file.mtimeNs");
_Static_assert(offsetof(struct roar_file, ctime_ns) == 72, "roar_file.ctimeNs");
_Static_assert(offsetof(struct roar_file, path_length) == 80, "roar_file.path");
_Static_assert(sizeof(struct roar_file) == 88, "roar_file");

struct roar_settled {
  struct roar_record record;
  uint32_t access;
  uint32_t mode;
  uint64_t dev;
  uint64_t ino;
  uint64_t size;
  uint64_t mtime_ns;
  uint64_t ctime_ns;
  uint32_t path_length;
};
_Static_assert(offsetof(struct roar_settled, access) == 32, "roar_settled.access");
_Static_assert(offsetof(struct roar_settled, mode) == 36, "roar_settled.mode");
_Static_assert(offsetof(struct roar_settled, dev) == 40, "roar_settled.dev");
_Static_assert(offsetof(struct roar_settled, ino) == 48, "roar_settled.ino");
_Static_assert(offsetof(struct roar_settled, size) == 56, "roar_settled.size");
_Static_assert(offsetof(struct roar_settled, mtime_ns) == 64, "roar_settled.mtimeNs");
_Static_assert(offsetof(struct roar_settled, ctime_ns) == 72, "roar_settled.ctimeNs");
_Static_assert(offsetof(struct roar_settled, path_length) == 80, "roar_settled.path");
_Static_assert(sizeof(struct roar_settled) == 88, "roar_settled");

struct roar_rename {
  struct roar_record record;
  uint32_t kind;
  uint32_t mode;
  uint64_t dev;
  uint64_t ino;
  uint64_t size;
  uint64_t mtime_ns;
  uint64_t ctime_ns;
  uint64_t replaced_dev;
  uint64_t replaced_ino;
  uint32_t replaced_mode;
  uint32_t from_length;
  uint32_t to_length;
};
_Static_assert(offsetof(struct roar_rename, kind) == 32, "roar_rename.kind");
_Static_assert(offsetof(struct roar_rename, mode) == 36, "roar_rename.mode");
_Static_assert(offsetof(struct roar_rename, dev) == 40, "roar_rename.dev");
_Static_assert(offsetof(struct roar_rename, ino) == 48, "roar_rename.ino");
_Static_assert(offsetof(struct roar_rename, size) == 56, "roar_rename.size");
_Static_assert(offsetof(struct roar_rename, mtime_ns) == 64, "roar_rename.mtimeNs");
_Static_assert(offsetof(struct roar_rename, ctime_ns) == 72, "roar_rename.ctimeNs");
_Static_assert(offsetof(struct roar_rename, replaced_dev) == 80, "roar_rename.replacedDev");
_Static_assert(offsetof(struct roar_rename, replaced_ino) == 88, "roar_rename.replacedIno");
_Static_assert(offsetof(struct roar_rename, replaced_mode) == 96, "roar_rename.replacedMode");
_Static_assert(offsetof(struct roar_rename, from_length) == 100, "roar_rename.from");
_Static_assert(offsetof(struct roar_rename, to_length) == 104, "roar_rename.to");
_Static_assert(sizeof(struct roar_rename) == 112, "roar_rename");

struct roar_link {
  struct roar_record record;
  uint32_t mode;
  uint64_t dev;
  uint64_t ino;
  uint64_t size;
  uint64_t mtime_ns;
  uint64_t ctime_ns;
  uint32_t from_length;
  uint32_t to_length;
};
_Static_assert(offsetof(struct roar_link, mode) == 32, "roar_link.mode");
_Static_assert(offsetof(struct roar_link, dev) == 40, "roar_link.dev");
_Static_assert(offsetof(struct roar_link, ino) == 48, "roar_link.ino");
_Static_assert(offsetof(struct roar_link, size) == 56, "roar_link.size");
_Static_assert(offsetof(struct roar_link, mtime_ns) == 64, "roar_link.mtimeNs");
_Static_assert(offsetof(struct roar_link, ctime_ns) == 72, "roar_link.ctimeNs");
_Static_assert(offsetof(struct roar_link, from_length) == 80, "roar_link.from");
_Static_assert(offsetof(struct roar_link, to_length) == 84, "roar_link.to");
_Static_assert(sizeof(struct roar_link) == 88, "roar_link");

struct roar_symlink {
  struct roar_record record;
  uint32_t target_length;
  uint32_t path_length;
};
_Static_assert(offsetof(struct roar_symlink, target_length) == 32, "roar_symlink.target");
_Static_assert(offsetof(struct roar_symlink, path_length) == 36, "roar_symlink.path");
_Static_assert(sizeof(struct roar_symlink) == 40, "roar_symlink");

struct roar_unlink {
  struct roar_record record;
  uint32_t mode;
  uint32_t links;
  uint64_t dev;
  uint64_t ino;
  uint64_t size;
  uint64_t mtime_ns;
  uint64_t ctime_ns;
  uint32_t path_length;
};
_Static_assert(offsetof(struct roar_unlink, mode) == 32, "roar_unlink.mode");
_Static_assert(offsetof(struct roar_unlink, links) == 36, "roar_unlink.links");
_Static_assert(offsetof(struct roar_unlink, dev) == 40, "roar_unlink.dev");
_Static_assert(offsetof(struct roar_unlink, ino) == 48, "roar_unlink.ino");
_Static_assert(offsetof(struct roar_unlink, size) == 56, "roar_unlink.size");
_Static_assert(offsetof(struct roar_unlink, mtime_ns) == 64, "roar_unlink.mtimeNs");
_Static_assert(offsetof(struct roar_unlink, ctime_ns) == 72, "roar_unlink.ctimeNs");
_Static_assert(offsetof(struct roar_unlink, path_length) == 80, "roar_unlink.path");
_Static_assert(sizeof(struct roar_unlink) == 88, "roar_unlink");

struct roar_mkdir {
  struct roar_record record;
  uint32_t path_length;
};
_Static_assert(offsetof(struct roar_mkdir, path_length) == 32, "roar_mkdir.path");
_Static_assert(sizeof(struct roar_mkdir) == 40, "roar_mkdir");

struct roar_name {
  struct roar_record record;
  uint64_t dev;
  uint64_t ino;
  uint32_t path_length;
  uint32_t target_length;
};
_Static_assert(offsetof(struct roar_name, dev) == 32, "roar_name.dev");
_Static_assert(offsetof(struct roar_name, ino) == 40, "roar_name.ino");
_Static_assert(offsetof(struct roar_name, path_length) == 48, "roar_name.path");
_Static_assert(offsetof(struct roar_name, target_length) == 52, "roar_name.target");
_Static_assert(sizeof(struct roar_name) == 56, "roar_name");

struct roar_gap {
  struct roar_record record;
  uint32_t count;
  uint32_t code_length;
  uint32_t detail_length;
};
_Static_assert(offsetof(struct roar_gap, count) == 32, "roar_gap.count");
_Static_assert(offsetof(struct roar_gap, code_length) == 36, "roar_gap.code");
_Static_assert(offsetof(struct roar_gap, detail_length) == 40, "roar_gap.detail");
_Static_assert(sizeof(struct roar_gap) == 48, "roar_gap");

struct roar_hold {
  struct roar_record record;
  uint64_t ticket;
  uint64_t dev;
  uint64_t ino;
  uint64_t size;
  uint64_t mtime_ns;
  uint64_t ctime_ns;
  uint32_t path_length;
};
_Static_assert(offsetof(struct roar_hold, ticket) == 32, "roar_hold.ticket");
_Static_assert(offsetof(struct roar_hold, dev) == 40, "roar_hold.dev");
_Static_assert(offsetof(struct roar_hold, ino) == 48, "roar_hold.ino");
_Static_assert(offsetof(struct roar_hold, size) == 56, "roar_hold.size");
_Static_assert(offsetof(struct roar_hold, mtime_ns) == 64, "roar_hold.mtimeNs");
_Static_assert(offsetof(struct roar_hold, ctime_ns) == 72, "roar_hold.ctimeNs");
_Static_assert(offsetof(struct roar_hold, path_length) == 80, "roar_hold.path");
_Static_assert(sizeof(struct roar_hold) == 88, "roar_hold");

struct roar_unseen {
  struct roar_record record;
  uint32_t code_length;
  uint32_t executable_length;
  uint32_t argv_length;
};
_Static_assert(offsetof(struct roar_unseen, code_length) == 32, "roar_unseen.code");
_Static_assert(offsetof(struct roar_unseen, executable_length) == 36, "roar_unseen.executable");
_Static_assert(offsetof(struct roar_unseen, argv_length) == 40, "roar_unseen.argv");
_Static_assert(sizeof(struct roar_unseen) == 48, "roar_unseen");

/* Stored last, with release order: tells a whole record from a torn one. Never 0. */
static inline uint16_t roar_check(uint64_t offset, uint32_t size, uint16_t type, uint64_t sequence) {
  uint32_t mix = (uint32_t)(offset >> 3) * 0x9e3779b1u;
  mix = (mix ^ (uint32_t)(offset >> 35) ^ size) * 0x85ebca6bu;
  mix = (mix ^ (mix >> 15) ^ type ^ (uint32_t)sequence) * 0xc2b2ae35u;
  mix = (mix ^ (mix >> 13) ^ (uint32_t)(sequence >> 32)) * 0x27d4eb2fu;
  mix ^= mix >> 16;
  return (uint16_t)((mix & 0xffffu) ? (mix & 0xffffu) : 1u);
}

/* The bit of a file in the read filter behind the header: a writer that is about to destroy bytes looks it up. */
static inline uint32_t roar_filter_bit(uint64_t dev, uint64_t ino) {
  uint64_t mix = (dev ^ (ino * UINT64_C(0x9e3779b97f4a7c15))) * UINT64_C(0xbf58476d1ce4e5b9);
  mix ^= mix >> 31;
  return (uint32_t)(mix % (ROAR_LAYOUT_FILTER * 8u));
}

#endif
