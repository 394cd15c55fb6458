/* What the parts of the supervisor share. One thread handles one call at a time: nothing here needs a lock. */
#ifndef ROAR_SUPERVISE_H
#define ROAR_SUPERVISE_H
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "roar_log.h"

#define PATH_BYTES ROAR_LAYOUT_MAX_PATH
#define NS_PER_S 1000000000ull

/* ---- facts.c: records ---- */
#define GONE_MARK " (deleted)" /* d_path(), Linux fs/d_path.c */
struct stamp {
  uint64_t dev, ino, size, mtime_ns, ctime_ns;
  uint32_t mode, links;
};
void stamp_from(struct stamp *stamp, const struct stat *found);
bool stamp_fd(int fd, struct stamp *stamp);
bool stamp_path(int dirfd, const char *path, int flags, struct stamp *stamp);
bool stamp_mount(int dirfd, const char *path, struct stamp *stamp, uint64_t *mount);
static inline bool is_regular(const struct stamp *stamp) { return (stamp->mode & S_IFMT) == S_IFREG; }
static inline bool same_file(const struct stamp *a, const struct stamp *b) { return a->dev == b->dev && a->ino == b->ino; }
static inline bool same_version(const struct stamp *a, const struct stamp *b) {
  return a->size == b->size && a->mtime_ns == b->mtime_ns;
}
void fact_file(uint16_t type, uint32_t pid, const char *path, const struct stamp *stamp, uint32_t access);
void fact_name(uint32_t pid, const struct stamp *stamp, const char *path, const char *target);
void fact_gap(uint32_t pid, const char *code, const char *detail);
void fact_fork(uint32_t pid, uint32_t parent);
void fact_exit(uint32_t pid, int32_t status);
void fact_pair(uint16_t type, uint32_t pid, const struct stamp *stamp, const char *from, const char *to);
void fact_rename(uint32_t pid, uint32_t kind, const struct stamp *moved, const struct stamp *replaced, const char *from, const char *to);
void fact_unlink(uint32_t pid, const struct stamp *stamp, const char *path);
void fact_exec(uint32_t pid, uint32_t parent, const struct stamp *stamp, const char *executable, const char *cwd, const char *argv, size_t argv_length);

/* ---- calls.c: which calls stop, and by what the filter narrows them ---- */
enum call_id {
  CALL_NONE, CALL_OPEN, CALL_CREAT, CALL_OPENAT, CALL_OPENAT2, CALL_OPEN_HANDLE, CALL_CLOSE, CALL_CLOSE_RANGE, CALL_DUP2, CALL_DUP3, CALL_MMAP,
  CALL_TRUNCATE, CALL_FTRUNCATE, CALL_FALLOCATE, CALL_RENAME, CALL_RENAMEAT, CALL_RENAMEAT2, CALL_LINK, CALL_LINKAT, CALL_SYMLINK,
  CALL_SYMLINKAT, CALL_UNLINK, CALL_UNLINKAT, CALL_RMDIR, CALL_MKDIR, CALL_MKDIRAT, CALL_MKNOD, CALL_MKNODAT, CALL_SENDFILE,
  CALL_COPY_FILE_RANGE, CALL_SPLICE, CALL_IOCTL, CALL_RING_ENTER, CALL_EXECVE, CALL_EXECVEAT, CALL_EXIT, CALL_EXIT_GROUP, CALL_FORK, CALL_CLONE, CALL_CLONE3,
  CALL_KILL, CALL_TKILL, CALL_TGKILL, CALL_PIDFD_SIGNAL, CALL_NEW_PLACE, CALL_LEAVE_MOUNT, CALL_IO_URING, CALL_IO_SUBMIT, CALL_SECCOMP,
};
enum narrowing { ALWAYS, NOT_MAPPED, FLAGS_AT_1, FLAGS_AT_2, FLAGS_AT_3, FILE_MAPPING, SIGNAL_AT_1, SIGNAL_AT_2, CLONING_IOCTL, NEW_LISTENER };
struct call_row {
  enum call_id id;
  int native, foreign; /* numbers for this machine and for its 32-bit programs; -1: none */
  enum narrowing narrowing;
};
extern const struct call_row call_rows[];
extern const size_t call_count;
enum call_id call_of(int number, uint32_t arch);

/* ---- filter.c ---- */
enum answerer { LISTENER, TRACER };
int filter_install(enum answerer answerer); /* the listener; -1 with errno */
extern bool without_new_privileges; /* set-id programs run without their privilege: nobody may get more by our filter */

/* ---- check.c ---- */
int check(void);

/* ---- process.c: who is there ---- */
struct position { /* a readable file that a program found open when it began, and where it stood */
  int fd;
  uint64_t dev, ino;
  int64_t offset;
  bool shared; /* with another process: it may move by that one's reading */
};
struct written { /* a file open for writing: what it was when this process got it */
  int fd;
  struct stamp before;
  char *path;
  bool created, append, mapped, closed, shared;
  uint64_t seen_size;
  uint64_t base; /* what the process had written by then */
};
/*
 * The kernel stops a call at its beginning and never shows its end. So each kind of call has two halves: what stood there before is kept in one of these, and at
 * the thread's next call, or its end, the world tells what became of it.
 */
struct pending { /* an open for writing that was let go on: whether it succeeded is seen afterwards */
  bool active, existed, truncates, unnamed, through_link;
  int flags;
  uint64_t base;
  struct stamp before;
  char *path; /* as the program gave it, absolute; for a process that is killed before its next call */
};
/* /proc/PID/task/TID/io: rchar, wchar, syscr, syscw (proc_pid_io(5)). */
struct counts { uint64_t read_bytes, written_bytes, reads, writes; };
/* Per process. A program with more files open for writing at once loses the oldest's state from before, not the file. */
enum { MOST_WRITTEN = 128, MOST_POSITIONS = 32, MOST_TOLD = 8 };
enum change_kind { NO_CHANGE, RENAMED, LINKED, SYMLINKED, REMOVED, MADE_DIRECTORY, MADE_NODE, RESIZED };
struct change { /* a name's change that was let go on */
  enum change_kind kind;
  uint32_t flags;
  struct stamp moved, replaced;
  char *from, *to;
};
struct copy { /* a copy inside the kernel that was let go on */
  bool active, counted;
  int from_fd;
  struct stamp from, to;
  char *from_path, *to_path; /* NULL: no regular file */
};
struct thread {
  uint32_t tid;
  int io;
  int pidfd; /* of its own, where its descriptors are not its process's; else -1 */
  uint64_t ring_asked; /* where io_uring_setup is to leave what it made; 0: not asked */
  int ring_mapped;     /* the ring of the mapping under way; 0: none */
  uint64_t ring_part;
  uint32_t steady; /* files that it has read to the byte, one after another, ... */
  uint64_t pace;   /* ... and the calls that each took */
  struct process *process;
  struct counts last; /* at its last call */
  struct counts now;  /* at this one */
  struct pending pending;
  struct change change;
  struct copy copy;
  struct thread *next, *sibling;
};
struct process {
  uint32_t pid, parent;
  int pidfd;
  bool begun, ended, threaded, forked, foreign_root, foreign_mounts;
  enum { OUTSIDE, AWAITED, INSIDE } inside; /* whether the preload library is there, or on its way */
  bool mixed;        /* makes system calls that no hook sees */
  bool announced;    /* that this image was started has been told from here */
  bool expects;      /* the exec under way has the library in its environment */
  uint64_t loader;   /* where it lies */
  int told_count;
  struct range { uint64_t start, end; } told[MOST_TOLD]; /* libc's code */
  uint64_t since; /* ns since the epoch */
  struct thread *apart; /* the thread whose descriptors are meant, where it has a table of its own */
  uint64_t written_bytes; /* by all its threads, as far as they were asked */
  struct thread *threads;
  struct written written[MOST_WRITTEN];
  int written_count;
  struct position positions[MOST_POSITIONS];
  int position_count;
  /* Of the first 64 descriptors, those that are no regular files, until they are closed: a bit each (descriptors.c). */
  uint64_t plain, plain_at_forks;
  bool ring_told;
  bool shares_files; /* with another process, or not with all of its threads */
  /* An exec that was let go on. */
  bool executing, fresh;
  uint64_t image;        /* its mark (remote_image); 0: not asked yet */
  uint64_t image_serial; /* a child has its parent's until it executes */
  char *exec_path;
  struct stamp exec_stamp;
  uint64_t serial;
  struct process *next;
};
struct thread *thread_of(uint32_t tid);
bool thread_count(struct thread *thread); /* false: it has ended */
void process_count_all(struct process *process);
void process_meet_children(struct process *process);
void process_forget_threads(struct process *process, uint32_t but);
void process_free(struct process *process);
struct process *process_first(void);
struct process *process_find(uint32_t pid);
bool told_once(const struct process *process, const struct stamp *stamp, uint32_t access); /* true: told before */
bool was_told(const struct process *process, const struct stamp *stamp, uint32_t access);
bool made_here(const struct stamp *stamp);
void told_again(const struct stamp *stamp); /* the number stands for another file from now on */

/* ---- remote.c: what /proc and the kernel tell of another process ---- */
struct call {
  enum call_id id;
  uint64_t args[6];
  uint64_t notification;
  bool narrow; /* a 32-bit program's */
  struct thread *thread;
  struct process *process;
  bool answers;  /* it does not go on: this is its result */
  int64_t answer;
  uint64_t ticket; /* not 0: it waits until the recorder has kept the bytes that it destroys */
};
bool call_valid(const struct call *call);
bool remote_read(uint32_t pid, uint64_t address, void *into, size_t size);
bool remote_text(uint32_t pid, uint64_t address, char *into, size_t size);
int remote_fd(const struct process *process, int fd);
int regular_fd(struct process *process, int fd, struct stamp *now); /* the same, of a regular file; else -1 */
size_t path_of_fd(int fd, char *into, size_t size); /* 0: unknown */
size_t path_of_file(struct process *process, int copy, const struct stamp *stamp, char *into); /* the same, and says when others know another file by it */
bool path_outside(uint32_t pid, int fd, const struct stamp *stamp, char *path); /* mounts.c: the name outside of its mounts, in place */
extern uint32_t caller; /* whose call is looked at: for gaps */
struct image {
  uint64_t mark; /* another one for each exec; 0: it cannot be asked */
  uint64_t loader;
  bool secure; /* set-id, or with capabilities: its loader takes no libraries */
};
struct image remote_image(uint32_t pid);
size_t remote_part(uint32_t pid, uint64_t address, void *into, size_t size); /* what of it can be read */
bool remote_place(const struct call *call, int dirfd, const char *name, char *into, size_t size); /* a name as this process can open it */
bool remote_name(const struct call *call, int dirfd, uint64_t address, char *into, size_t size, struct stamp *stamp); /* parent by the kernel, last name as given */

/* ---- opens.c, ends.c, names.c, image.c, copies.c: what each call means ---- */
void opening(struct call *call);
void settle_pending(struct process *process, struct thread *own);
void settle_reads(struct thread *thread, int named, int copy, const struct stamp *seen, int flags);
void position_moved(struct process *process, int fd);
void settle_threads(struct thread *own, int named, int copy, const struct stamp *stamp, int flags);
void settle_end(struct thread *thread, int fd);
void settle_writes(struct thread *thread, uint64_t wrote); /* bytes since its last call */
void settle_open(struct process *process, int fd, int copy, const struct stamp *now);
bool is_writing(const struct process *process); /* anything is open for it, as far as was seen */
void settle_known(struct process *process, const struct stamp *now);
void tell_read(struct process *process, int copy, const struct stamp *stamp, uint32_t access);
void tell_read_by(struct process *process, const char *path, const struct stamp *stamp, uint32_t access);
bool read_is_told(const struct process *process, const struct stamp *stamp);
void note_library(void); /* the last of LD_PRELOAD is ours */
struct position *position_of(struct process *process, int fd, const struct stamp *now);
void settle_all(struct process *process, bool ending);
void settle_dead(struct process *process);
void settle_before(const struct call *call, const struct stamp *stamp);
void settle_changes(struct thread *own);
void resized_later(const struct call *call, const char *path, const struct stamp *before);
bool changes_under_way(void);
void change_drop(struct thread *thread);
void settle_copy(struct thread *thread);
void copy_drop(struct thread *thread);
void submitting(const struct call *call);
struct written *written_find(struct process *process, const struct stamp *stamp);
struct written *written_add(struct process *process, int fd, const struct stamp *before, const char *path);
void written_duplicated(struct process *process, int from, int to);
void each_number(int parent, const char *path, void (*visit)(struct process *, int, void *), struct process *process, void *context);
void each_fd(struct process *process, void (*visit)(struct process *, int fd, void *), void *context);
void forking(const struct call *call);
void mapping(const struct call *call);
void renaming(struct call *call);
void linking(const struct call *call);
void unlinking(struct call *call);
void making(const struct call *call);
void resizing(struct call *call);
void hold_bytes(struct call *call, const struct stamp *stamp, const char *path);
void hold_in_case(struct call *call, const struct stamp *stamp, const char *path); /* it may be read before it is changed, and no stop will show it */
void copying(const struct call *call);
void executing(const struct call *call);
void image_settle(struct process *process, uint64_t from); /* where in memory the call was made; 0: not told */
void image_announce(struct process *process);
void note_positions(struct process *process);
void settle_moved(struct process *process);
void exiting(const struct call *call);
void signalling(const struct call *call);

/* ---- pipes.c: who may be ended by a pipe that nobody reads any more ---- */
void pipe_ending(struct process *process, int copy, const struct stamp *pipe);
void pipes_ending(struct process *process);

/* ---- descriptors.c: which need not be looked at again ---- */
void descriptors_forked(struct process *process, uint64_t flags);
void descriptors_inherited(struct process *child, const struct process *parent);
void descriptors_changed(const struct call *call);

/* ---- rows.c: files that are read one after another ---- */
void row_explained(struct thread *thread, bool exactly, uint64_t calls);
void row_meets(uint32_t tid, enum call_id id);
bool row_is_near(const struct thread *thread);
bool row_takes(struct thread *thread, int fd, int copy, const struct stamp *now, uint64_t mount);
void row_settle(void);

/* ---- listings.c: their names ---- */
void listing_meets(const char *path); /* as the kernel has just given it */
const char *listing_names(const struct stamp *file, uint64_t mount); /* its last name; NULL: to be asked for */
void listing_path(char *into); /* where its files are now, with a last slash */
void listing_let_go(void);

/* ---- rings.c ---- */
void ring_making(const struct call *call);
void ring_mapping(const struct call *call);
void ring_entering(const struct call *call);
void ring_closed(const struct process *process, int fd); /* -1: all of them */
void settle_ring(struct thread *thread);

/* ---- loaders.c: programs that have just begun ---- */
#define LOADER_SPAN (1ul << 20) /* more than any loader's own memory */
void loader_learn(uint32_t pid, uint64_t base, uint64_t from);
uint64_t loader_found(const struct process *process, uint64_t from);

/* ---- inside.c ---- */
extern bool library_inside; /* the run has the preload library, too */
bool inside_answers(struct call *call, uint64_t from);
bool inside_expected(const struct call *call);

/* ---- listen.c ---- */
enum { MOST_HELD = 256 }; /* calls that wait, in `taken`; the first is the one under way */
#define ALL_TOLD UINT64_MAX /* in the place of that one: the supervisor ends because everybody has */
void listen_until_end(int listener, uint64_t *taken);
struct seccomp_notif;
void settle_meanwhile(struct process *process);
void call_look(const struct seccomp_notif *notice, struct call *call);
bool recorder_is_alive(void);

/* ---- stops.c ---- */
bool stops_begin(pid_t pid);
void stops_until_end(void);

/* ---- guardian.c ---- */
void guard(int listener, int alive, const uint64_t *taken);

/* ---- main.c ---- */
void remove_mark(void); /* that somebody is supervised: everything has been told */

#endif
