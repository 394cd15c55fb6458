/* Processes: begun, given another program, ended. */
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "supervise.h"

struct noting { bool shared, settles; };

/* What a child finds open it has from here: settled now, so that the rest is the child's doing. */
static void note_position(struct process *process, int fd, void *context) {
  const struct noting *noting = context;
  struct stamp now;
  int copy = regular_fd(process, fd, &now);
  if (copy < 0) return;
  int flags = fcntl(copy, F_GETFL);
  if (!(flags & O_PATH)) {
    if (noting->settles && (flags & O_ACCMODE) != O_RDONLY) settle_open(process, fd, copy, &now);
    if ((flags & O_ACCMODE) != O_WRONLY && process->position_count < MOST_POSITIONS)
      process->positions[process->position_count++] = (struct position){fd, now.dev, now.ino, lseek(copy, 0, SEEK_CUR), noting->shared};
    char path[PATH_BYTES];
    if ((flags & O_ACCMODE) != O_RDONLY && !written_find(process, &now) && path_of_fd(copy, path, sizeof path)) {
      struct written *one = written_add(process, fd, &now, path);
      one->append = (flags & O_APPEND) != 0;
      one->shared = true;
    }
  }
  close(copy);
}

/* One look at each descriptor. */
static void note_all(struct process *process, bool shared, bool settles) {
  struct noting noting = {shared || process_find(process->parent), settles && is_writing(process)};
  process->position_count = 0;
  each_fd(process, note_position, &noting);
}

/*
 * Called before the child exists. Positions are noted on both sides: one that moves afterwards moved for parent and child alike, and only their counts of
 * reads tell whose doing it was.
 */
void forking(const struct call *call) {
  uint64_t flags = 0;
  if (call->id == CALL_CLONE) flags = call->args[0];
  if (call->id == CALL_CLONE3) remote_read(call->thread->tid, call->args[0], &flags, sizeof flags);
  if (flags & CLONE_THREAD) {
    call->process->threaded = true;
    descriptors_forked(call->process, flags);
    return;
  }
  note_all(call->process, true, true);
  descriptors_forked(call->process, flags);
  call->process->forked = true;
  /* What the parent wrote until now is told; the rest may be its child's, through the same descriptors. */
  for (int i = 0; i < call->process->written_count; i++) {
    call->process->written[i].base = call->process->written_bytes;
    call->process->written[i].shared = true;
  }
}

/* The file that exec was given: a script's own, not its interpreter, which /proc/PID/exe shows afterwards. */
static bool executed_file(const struct call *call, char *path, struct stamp *stamp) {
  char name[4096], place[4096 + 64];
  bool at = call->id == CALL_EXECVEAT;
  int dirfd = at ? (int)call->args[0] : AT_FDCWD;
  if (!remote_text(call->thread->tid, call->args[at ? 1 : 0], name, sizeof name) || !call_valid(call)) return false;
  if (at && !*name) snprintf(place, sizeof place, "/proc/%u/fd/%d", call->thread->tid, dirfd);
  else if (!remote_place(call, dirfd, name, place, sizeof place)) return false;
  int fd = open(place, O_PATH | O_CLOEXEC);
  if (fd < 0) return false;
  bool known = stamp_fd(fd, stamp) && is_regular(stamp) && path_of_fd(fd, path, PATH_BYTES);
  close(fd);
  return known;
}

/* It runs, without the rights that it would have had: what it does then is seen, and may not be what it does bare. */
static bool is_set_id(const struct process *process, const struct stamp *stamp) {
  char path[40];
  struct stat own, file;
  snprintf(path, sizeof path, "/proc/%u", process->pid);
  if (!(stamp->mode & (S_ISUID | S_ISGID)) || stat(path, &own) < 0 || stat(process->exec_path, &file) < 0) return false;
  return ((stamp->mode & S_ISUID) && own.st_uid != file.st_uid) || ((stamp->mode & S_ISGID) && (stamp->mode & S_IXGRP) && own.st_gid != file.st_gid);
}

/* What it finds open is another's doing up to here. */
void note_positions(struct process *process) {
  for (struct thread *one = process->threads; one; one = one->sibling) {
    thread_count(one);
    one->last = one->now;
  }
  note_all(process, false, false);
}

/* What it is, to be told from what it will be. Asked once for all the children that a shell starts. */
static void know_image(struct process *process) {
  if (process->image) return;
  process->image = remote_image(process->pid).mark;
  struct process *parent = process_find(process->parent);
  if (parent && !parent->ended && parent->image_serial == process->image_serial) parent->image = process->image;
}

/* Descriptors marked close-on-exec vanish without a close: everything is settled now, whether or not the exec succeeds. */
void executing(const struct call *call) {
  struct process *process = call->process;
  char path[PATH_BYTES];
  struct stamp stamp;
  process->expects = library_inside && !call->narrow && inside_expected(call);
  know_image(process);
  if (process->expects && process->inside == INSIDE && !process->mixed) {
    process->executing = true;
    return;
  }
  if (!executed_file(call, path, &stamp)) return;
  if (process->inside == INSIDE) note_positions(process);
  note_all(process, false, true);
  process->executing = true;
  free(process->exec_path);
  process->exec_path = strdup(path);
  process->exec_stamp = stamp;
  if (without_new_privileges && is_set_id(process, &stamp)) log_gap(process->pid, 1, "set-id", text_of(path));
}

static size_t contents(uint32_t pid, const char *name, char *into, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%u/%s", pid, name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  size_t used = 0;
  if (fd < 0) return 0;
  /* The kernel gives all of it that there is room for. */
  ssize_t got = read(fd, into, size);
  if (got > 0) used = (size_t)got;
  close(fd);
  return used;
}

bool link_of(uint32_t pid, const char *name, char *into, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%u/%s", pid, name);
  ssize_t got = readlink(path, into, size - 1);
  into[got > 0 ? got : 0] = 0;
  return got > 0;
}

/* A script: the kernel read its first line; the program of the process is its interpreter. */
static void tell_script(const struct process *process, const char *path, const struct stamp *stamp, int depth) {
  char head[257], place[300];
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  ssize_t got = fd < 0 ? -1 : pread(fd, head, sizeof head - 1, 0);
  if (fd >= 0) close(fd);
  fact_file(ROAR_RECORD_FILE, process->pid, path, stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED);
  if (got < 3 || head[0] != '#' || head[1] != '!' || depth >= 4) return;
  head[got] = 0;
  char *from = head + 2 + strspn(head + 2, " \t");
  from[strcspn(from, " \t\n")] = 0;
  struct stamp next;
  char self[PATH_BYTES];
  if (*from == '/') snprintf(place, sizeof place, "%s", from);
  else snprintf(place, sizeof place, "/proc/%u/cwd/%s", process->pid, from);
  int interpreter = open(place, O_PATH | O_CLOEXEC);
  if (interpreter < 0) return;
  bool script = stamp_fd(interpreter, &next) && path_of_fd(interpreter, self, sizeof self);
  close(interpreter);
  struct stamp own;
  char exe[64];
  snprintf(exe, sizeof exe, "/proc/%u/exe", process->pid);
  if (script && stamp_path(AT_FDCWD, exe, 0, &own) && !same_file(&own, &next)) tell_script(process, self, &next, depth + 1);
}

/* The new image has made its first call: before that, nothing of it could be asked. */
void image_announce(struct process *process) {
  char executable[PATH_BYTES], cwd[4096], argv[4096], exe[64];
  struct stamp stamp = process->exec_stamp;
  process->announced = true;
  link_of(process->pid, "cwd", cwd, sizeof cwd);
  size_t words = contents(process->pid, "cmdline", argv, sizeof argv);
  snprintf(exe, sizeof exe, "/proc/%u/exe", process->pid);
  stamp_path(AT_FDCWD, exe, 0, &stamp);
  if (process->exec_path && same_file(&stamp, &process->exec_stamp)) strcpy(executable, process->exec_path);
  else link_of(process->pid, "exe", executable, sizeof executable);
  const struct started program = {process->pid, process->parent, 0, text_of(executable), text_of(cwd), {argv, words}};
  log_exec(&program, &stamp);
  fact_file(ROAR_RECORD_FILE, process->pid, executable, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED | (stamp.links ? 0 : ROAR_ACCESS_UNNAMED));
  if (process->exec_path && !same_file(&stamp, &process->exec_stamp)) tell_script(process, process->exec_path, &process->exec_stamp, 0);
}

/* At the next call after an exec: is it another image by now? */
static bool is_another(struct process *process, uint64_t from, struct image *now) {
  *now = (struct image){.loader = loader_found(process, from)};
  if (now->loader) return true;
  *now = remote_image(process->pid);
  if (now->mark == process->image) return false;
  if (from) loader_learn(process->pid, now->loader, from);
  return true;
}

void image_settle(struct process *process, uint64_t from) {
  static uint64_t serials;
  struct image now;
  if (!process->executing) return;
  process->executing = false;
  if (!is_another(process, from, &now)) return;
  process->image = now.mark;
  process->image_serial = ++serials;
  process->fresh = true;
  process->announced = process->mixed = process->forked = process->greeted = process->opaque = false;
  descriptors_unknown(process);
  process->ring_told = false;
  ring_closed(process, -1);
  process_forget_threads(process, process->pid);
  process->loader = now.loader;
  process->inside = process->expects && now.loader && !now.secure ? AWAITED : OUTSIDE;
  if (process->inside == OUTSIDE) image_announce(process);
}

/* exit(2) ends one thread; the last one ends the process as exit_group does. ".", ".." and one thread make three links. */
static bool last_thread(const struct process *process) {
  char path[40];
  struct stat found;
  /* Threads of a process that the library is in begin unseen. */
  if (!process->threaded && !library_inside) return true;
  snprintf(path, sizeof path, "/proc/%u/task", process->pid);
  return stat(path, &found) < 0 || found.st_nlink <= 3;
}

void exiting(const struct call *call) {
  struct process *process = call->process;
  bool last = last_thread(process);
  if (call->id == CALL_EXIT && !last) return;
  if (!last) {
    process_count_all(process);
    for (struct thread *one = process->threads; one; one = one->sibling)
      if (one != call->thread) settle_reads(one, -1, -1, NULL, 0);
  }
  settle_all(process, true);
  pipes_ending(process);
  if (process->mixed) settle_moved(process);
  if (process->forked) process_meet_children(process);
  log_exit(process->pid, (int32_t)call->args[0]);
  process->ended = true;
}

/* Signals that leave a process alive by default. A handler may ignore the others; then what was settled is only settled early. */
static bool can_end(int signal) {
  static const int harmless[] = {SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH};
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
    if (signal == harmless[i]) return false;
  return true;
}

/* Whoever may die of a signal makes no more calls: what it holds is looked at before the signal is sent. */
void signalling(const struct call *call) {
  int64_t target = (int32_t)call->args[0];
  int signal = (int)call->args[call->id == CALL_TGKILL ? 2 : 1];
  if (!can_end(signal)) return;
  /* The target may not have made a call yet. */
  for (struct process *one = process_first(); one; one = one->next)
    if (!one->ended && one->forked) process_meet_children(one);
  for (struct process *one = process_first(); one; one = one->next) {
    bool meant = call->id == CALL_PIDFD_SIGNAL || target <= 0 || one->pid == (uint32_t)target;
    if (call->id == CALL_TKILL) meant = call->process == one || one->pid == (uint32_t)target;
    if (!meant || one->ended || (one->inside == INSIDE && !one->mixed)) continue;
    settle_pending(one, NULL);
    for (struct thread *thread = one->threads; thread; thread = thread->sibling) {
      thread_count(thread);
      settle_reads(thread, -1, -1, NULL, 0);
    }
    settle_all(one, true);
  }
}
