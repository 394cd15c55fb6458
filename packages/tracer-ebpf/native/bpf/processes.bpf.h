/* The processes of a run: joined by their own call, inherited by fork, gone with their last thread. */
#ifndef ROAR_PROCESSES_H
#define ROAR_PROCESSES_H
#include "copies.bpf.h"
#include "mappings.bpf.h"

/* The number by which the run's own pid namespace knows a process; its first one knows all below it. */
static __always_inline u32 number_in(struct task_struct *leader, u32 level) {
  struct pid *pid = leader->thread_pid;
  if (level > pid->level) level = pid->level;
  u32 number = 0;
  bpf_probe_read_kernel(&number, sizeof number, (char *)pid + bpf_core_field_offset(struct pid, numbers) + (level & 31) * bpf_core_type_size(struct upid));
  return number;
}

static u64 serials;
static __always_inline u64 next_serial(void) { return __sync_fetch_and_add(&serials, 1) + 1; }

/* A process joins the run whose secret it knows: roard told it to the one who opened the run, and to nobody else. */
static __noinline void join(u32 slot, u64 first, u64 second) {
  struct run *run = bpf_map_lookup_elem(&runs, &slot);
  struct task_struct *task = bpf_get_current_task_btf();
  struct scratch *scratch = scratch_get();
  u32 tgid = bpf_get_current_pid_tgid() >> 32;
  if (!run || !scratch || !run->open || run->live || run->secret[0] != first || run->secret[1] != second) return;
  run->level = task->group_leader->thread_pid->level;
  run->mounts = (u64)task->nsproxy->mnt_ns;
  u64 serial = next_serial();
  struct tracked who = {.slot = slot, .pid = number_in(task->group_leader, run->level), .serial = serial, .memory = {serial, tgid, 1}};
  if (!task_put(tgid, &who, BPF_NOEXIST)) return;
  run->live = 1;
  run->first = who.pid;
  event_begin(scratch, &who, EVENT_BEGIN);
  send(scratch, slot, sizeof(struct event), true);
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child) {
  u32 tgid = parent->tgid, new_tgid = child->tgid;
  struct tracked *who = bpf_map_lookup_elem(&tasks, &tgid);
  if (!who || new_tgid == tgid) return 0;
  struct run *run = bpf_map_lookup_elem(&runs, &who->slot);
  struct scratch *scratch = scratch_get();
  if (!run || !scratch || !run->open) return 0;
  struct tracked born = {.slot = who->slot, .pid = number_in(child, run->level), .serial = next_serial()};
  if (child->mm == parent->mm) born.memory = who->memory;
  else born.memory = (struct memory){born.serial, new_tgid, has_dormant(who)};
  if (!task_put(new_tgid, &born, BPF_ANY)) {
    count_dropped(who->slot, 1);
    return 0;
  }
  __sync_fetch_and_add(&run->live, 1);
  struct event *event = event_begin(scratch, &born, EVENT_FORK);
  event->parent = who->pid;
  send(scratch, born.slot, sizeof *event, false);
  return 0;
}

#define ARGV_ROOM 8192

/* The new image's words, as the kernel has just put them on its stack. */
static __always_inline u32 put_argv(struct event *event, struct scratch *scratch, struct mm_struct *mm, u32 at) {
  u64 start = mm->arg_start, length = mm->arg_end - start;
  if (length > ARGV_ROOM) length = ARGV_ROOM, event->flags |= EVENT_CUT;
  at &= TEXT_ROOM - 1;
  if (bpf_probe_read_user(scratch->bytes + at, length & (ARGV_ROOM * 2 - 1), (void *)start)) {
    event->flags |= EVENT_UNREAD;
    return at;
  }
  event->starts[TEXT_NAME_2] = at, event->lengths[TEXT_NAME_2] = length;
  return at + length;
}

/* A program in memory alone (memfd_create) lies in no directory: its entry is a root with a name of its own, by which /proc/PID/exe calls it. */
static __always_inline u32 put_own_name(struct scratch *scratch, struct dentry *dentry) {
  struct event *event = (struct event *)scratch;
  u32 at = sizeof *event, length = LOOK(struct dentry, dentry, d_name.len) & 0xff;
  if (!copy_name(scratch->bytes + at, (u64)LOOK(struct dentry, dentry, d_name.name), length)) event->flags |= EVENT_CUT;
  scratch->bytes[(at + length) & (SCRATCH - 1)] = '/';
  event->access |= ACCESS_UNNAMED;
  event->starts[TEXT_BASE] = at, event->lengths[TEXT_BASE] = length + 1;
  return at + length + 1;
}

/* Of `/dev/fd/N`; -1: another name. */
static __always_inline int number_in_name(const char *name) {
  static const char front[] = "/dev/fd/";
  char text[20] = {};
  int number = 0;
  bpf_probe_read_kernel_str(text, sizeof text, name);
  for (int i = 0; i < 8; i++)
    if (text[i] != front[i]) return -1;
  for (int i = 8; i < 18 && text[i]; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return text[18] || !text[8] ? -1 : number;
}

/*
 * A script that is executed by its descriptor (execveat(2)) has no other name, and by the time that the follower looks its process may have ended. The
 * descriptor is still there: the interpreter is given its name.
 */
static __always_inline void note_script(struct tracked *who, struct linux_binprm *bprm) {
  int fd = bprm->interp != bprm->filename ? number_in_name(bprm->filename) : -1;
  if (fd >= 0) note_file(who, file_of(fd), ACCESS_READ | ACCESS_EXECUTED);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm) {
  struct tracked *who = tracked_now();
  struct scratch *scratch = scratch_get();
  if (!who || !scratch) return 0;
  struct event *event = event_begin(scratch, who, EVENT_EXEC);
  struct file *file = bprm->file;
  struct path path = path_of(file), cwd = {task->fs->pwd.mnt, task->fs->pwd.dentry}, root = {task->fs->root.mnt, task->fs->root.dentry};
  put_inode(event, file->f_inode);
  event->access = ACCESS_READ | ACCESS_EXECUTED | (is_unhashed(path.dentry) ? ACCESS_UNNAMED : 0);
  u32 at = is_internal(file) ? put_own_name(scratch, path.dentry) : put_text_path(scratch, who->slot, TEXT_BASE, &path, sizeof *event);
  at &= TEXT_ROOM - 1;
  long length = bpf_probe_read_kernel_str(scratch->bytes + at, 4096, bprm->filename);
  if (length > 0) event->starts[TEXT_NAME] = at, event->lengths[TEXT_NAME] = length, at += length & 8191;
  at = put_text_path(scratch, who->slot, TEXT_BASE_2, &cwd, at & (TEXT_ROOM - 1));
  at = put_text_path(scratch, who->slot, TEXT_ROOT, &root, at & (TEXT_ROOM - 1));
  at = put_argv(event, scratch, task->mm, at);
  send(scratch, who->slot, at, false);
  who->memory = (struct memory){who->serial, task->tgid, 0};
  note_loader(who);
  note_script(who, bprm);
  return 0;
}

static __always_inline void tell_exit(struct scratch *scratch, const struct tracked *who, struct task_struct *task) {
  struct event *event = event_begin(scratch, who, EVENT_EXIT);
  struct signal_struct *signal = task->signal;
  int code = signal->flags & SIGNAL_GROUP_EXIT ? signal->group_exit_code : task->group_leader->exit_code;
  event->value = (code >> 8) & 0xff;
  u32 end = sizeof *event;
  if (code & 0x7f) event->flags |= EVENT_KILLED;
  if (code & 0x80) {
    struct path cwd = {task->fs->pwd.mnt, task->fs->pwd.dentry};
    event->flags |= EVENT_DUMPED;
    end = put_text_path(scratch, who->slot, TEXT_BASE, &cwd, end);
  }
  send(scratch, who->slot, end, false);
}

/* A process counts as living until its end is told: whoever finds that it was the last one knows that the others' ends are told before. */
SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task) {
  u32 tgid = task->tgid;
  if (task->signal->live.counter != 0) return 0;
  struct tracked *known = bpf_map_lookup_elem(&tasks, &tgid);
  struct scratch *scratch = scratch_get();
  if (!known || !scratch) return 0;
  struct tracked who = {.slot = known->slot, .pid = known->pid};
  if (known->postponed) count_dropped(who.slot, known->postponed);
  if (!task_take(tgid)) return 0; /* another thread of it, ending at the same moment */
  struct run *run = bpf_map_lookup_elem(&runs, &who.slot);
  if (!run) return 0;
  if (who.pid == run->first) run->orphaned = 1;
  tell_exit(scratch, &who, task);
  if (__sync_fetch_and_sub(&run->live, 1) != 1) return 0;
  event_begin(scratch, &who, EVENT_END);
  send(scratch, who.slot, sizeof(struct event), true);
  return 0;
}
#endif
