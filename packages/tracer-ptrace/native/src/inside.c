/*
 * Processes with the preload library in them tell of themselves. What it sees by its hooks, which is every call that libc makes, is not told a second time from
 * here: such calls are let go on at once. What is left is what no hook sees: system calls from other places than libc, and programs that the library cannot enter.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "roar_supervised.h"
#include "supervise.h"

bool library_inside;

static bool says_hello(const struct call *call) {
  return call->id == CALL_CLOSE && call->args[1] == ROAR_HELLO && (int)call->args[0] == -1 && !call->narrow;
}

static void greet(struct call *call) {
  struct process *process = call->process;
  struct roar_hello hello;
  process->greeted = true;
  if (!remote_read(call->thread->tid, call->args[2], &hello, sizeof hello)) return;
  bool known = process->inside == INSIDE;
  process->inside = hello.count ? INSIDE : OUTSIDE;
  /* Its closes are not seen while the library is there. */
  descriptors_unknown(process);
  process->mixed |= hello.mixed != 0;
  process->told_count = hello.count < MOST_TOLD ? (int)hello.count : MOST_TOLD;
  for (int i = 0; i < process->told_count; i++) process->told[i] = (struct range){hello.told[i].start, hello.told[i].end};
  if (process->inside == OUTSIDE) note_positions(process);
  call->answers = true;
  call->answer = ROAR_SUPERVISED | (process->announced && !known ? ROAR_ANNOUNCED : 0);
}

static bool is_told(const struct process *process, uint64_t from) {
  for (int i = 0; i < process->told_count; i++)
    if (from > process->told[i].start && from <= process->told[i].end) return true;
  return false;
}

/* The library ends a descriptor that it has not seen begin. */
static bool is_handed_on(const struct call *call) {
  switch (call->id) {
    case CALL_CLOSE: return call->args[1] == ROAR_UNSEEN;
    case CALL_DUP2: case CALL_DUP3: case CALL_CLOSE_RANGE: return call->args[3] == ROAR_UNSEEN;
    default: return false;
  }
}

/* The loader's own calls, on the way to the library's first. */
static bool is_loading(const struct call *call, uint64_t from) {
  const struct process *process = call->process;
  return (call->id == CALL_MMAP || call->id == CALL_CLOSE) && from - process->loader < LOADER_SPAN;
}

static void tell_mapped(struct process *process) {
  char name[40], line[4200], path[4096];
  snprintf(name, sizeof name, "/proc/%u/maps", process->pid);
  FILE *maps = fopen(name, "re");
  while (maps && fgets(line, sizeof line, maps)) {
    struct stamp stamp;
    int copy = sscanf(line, "%*s %*s %*s %*s %*s %4095[^\n]", path) == 1 && *path == '/' ? open(path, O_PATH | O_CLOEXEC) : -1;
    if (copy < 0) continue;
    if (stamp_fd(copy, &stamp) && is_regular(&stamp)) tell_read(process, copy, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED);
    close(copy);
  }
  if (maps) fclose(maps);
}

/* The library was given to it, and has not come: the loader could not find it, or did not look for it. */
static void give_up(struct process *process) {
  process->inside = OUTSIDE;
  image_announce(process);
  note_positions(process);
  tell_mapped(process);
}

/* Calls that begin and end processes; the rest of what such a process does is its library's. */
static void look_inside(struct call *call) {
  struct process *process = call->process;
  switch (call->id) {
    case CALL_EXECVE: case CALL_EXECVEAT: executing(call); break;
    case CALL_EXIT_GROUP:
      if (process->mixed) settle_all(process, true);
      if (process->mixed) settle_moved(process);
      if (process->forked) process_meet_children(process);
      process->ended = true;
      break;
    case CALL_FORK: case CALL_CLONE: case CALL_CLONE3:
      process->forked = true;
      if (process->mixed) forking(call);
      break;
    case CALL_KILL: case CALL_TKILL: case CALL_TGKILL: case CALL_PIDFD_SIGNAL: signalling(call); break;
    case CALL_NEW_PLACE: process->foreign_root = process->foreign_mounts = true; break;
    case CALL_SECCOMP: case CALL_STRICT: sandbox_refused(call); break;
    default: break;
  }
}

/* True: nothing more is to be looked at. `from`: where in memory the call was made. */
bool inside_answers(struct call *call, uint64_t from) {
  struct process *process = call->process;
  image_settle(process, call->narrow ? 0 : from);
  settle_changes(call->thread);
  if (says_hello(call)) {
    greet(call);
    return true;
  }
  if (process->inside == AWAITED) {
    if (is_loading(call, from)) return true;
    give_up(process);
  }
  if (process->inside == OUTSIDE) return false;
  bool told = is_told(process, from) && !call->narrow && !is_handed_on(call);
  if (!told && call->id < CALL_EXECVE) process->mixed = true;
  if (process->mixed) settle_pending(process, call->thread);
  if (told) look_inside(call);
  return told;
}

/* The last word of an environment that the library has made for a program that it will be in. */
bool inside_expected(const struct call *call) {
  uint64_t words[512], list = call->args[call->id == CALL_EXECVEAT ? 3 : 2];
  char text[17];
  for (int page = 0; page < 64; page++, list += sizeof words) {
    size_t count = remote_part(call->thread->tid, list, words, sizeof words) / sizeof *words, i = 0;
    while (i < count && words[i]) i++;
    if (i == count && i == sizeof words / sizeof *words) continue;
    if (i == count || i < 2) return false;
    if (!remote_read(call->thread->tid, words[i - 1], text, sizeof text - 1)) return false;
    return memcmp(text, "ROAR_TRACE_LOG=", 15) == 0 || memcmp(text, "ROAR_TRACE_SKIP=", 16) == 0;
  }
  return false;
}
