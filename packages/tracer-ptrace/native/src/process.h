/*
 * Who is there (process.c): what is known of each thread and process between two of its calls.
 *
 * The kernel stops a call at its beginning and never shows its end. So what a call is about to do is kept here with what stood there before, and at the thread's next
 * call, or its end, the world tells what became of it: the open's descriptor is there or it is not, the name has moved or it has not.
 */
#ifndef ROAR_PROCESS_H
#define ROAR_PROCESS_H
#include "calls.h"
#include "facts.h"

/* A readable file that a program found open when it began, and where it stood: moved since then, it was read by this process or by whoever shares it. */
struct position {
  int fd;
  uint64_t dev, ino;
  int64_t offset;
  bool shared; /* with another process: it may move by that one's reading */
};

/* A file open for writing: what it was when this process got it. */
struct written {
  int fd;
  struct stamp before; /* its version when it was opened, or was told last */
  char *path;          /* NULL: none is known */
  bool created, append, mapped, closed, shared;
  uint64_t seen_size; /* when it was last looked at: what other processes have put behind that is not this one's */
  uint64_t base;      /* what the process had written in all by then: a change with no byte written since is another's */
};

/* An open for writing that was let go on. */
struct pending {
  bool active, existed, truncates, unnamed, through_link;
  int flags; /* as of open(2) */
  uint64_t base;
  struct stamp before; /* what stood there; ino 0: not known */
  char *path; /* as the program gave it, absolute; for a process that is killed before its next call */
};

/* /proc/PID/task/TID/io: rchar, wchar, syscr, syscw (proc_pid_io(5)), since the thread began. Reads of pipes and sockets are in them, mappings are not. */
struct counts { uint64_t read_bytes, written_bytes, reads, writes; };

/* Per process. A program with more files open for writing at once loses the oldest's state from before, not the file. */
enum { MOST_WRITTEN = 128, MOST_POSITIONS = 32, MOST_TOLD = 8, MOST_KNOWN = 4096 };

/* A name's change that was let go on. */
enum change_kind { NO_CHANGE, RENAMED, LINKED, SYMLINKED, REMOVED, MADE_DIRECTORY, MADE_NODE, RESIZED };
struct change {
  enum change_kind kind;
  uint32_t flags;                /* of renameat2(2) */
  struct stamp moved, replaced;  /* from before; ino 0: nothing was there */
  char *from, *to;
};

/* A copy inside the kernel (sendfile, copy_file_range, splice, a clone) that was let go on. */
struct copy {
  bool active;
  bool counted; /* the kernel counts its bytes as read and written, as it does for sendfile */
  int from_fd;
  struct stamp from, to;
  char *from_path, *to_path; /* NULL: no regular file */
};

enum { NONE_CLOSING = -1, ALL_CLOSING = -2 };
struct thread {
  uint32_t tid;
  int io;    /* its /proc/PID/task/TID/io, which stays readable while it lives; -1: refused */
  int pidfd; /* of its own, where its descriptors are not its process's; else -1 */
  uint64_t ring_asked; /* where io_uring_setup is to leave what it made; 0: not asked */
  int closing;         /* the number that its last call let go of; NONE_CLOSING, ALL_CLOSING */
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
  struct thread *next, *sibling; /* of one bucket of numbers; of one process */
};

struct process {
  uint32_t pid, parent; /* in the supervisor's pid namespace, whichever the program has */
  int pidfd;
  bool begun, ended, threaded, forked;
  bool foreign_root, foreign_mounts; /* it may have gone to another root, or mounts of its own: names lead elsewhere */
  enum { OUTSIDE, AWAITED, INSIDE } inside; /* whether the preload library is there, or on its way */
  bool greeted;      /* the library is in this image, whether or not it could be understood */
  bool opaque;       /* that this image may not be looked into has been told */
  bool mixed;        /* makes system calls that no hook sees */
  bool announced;    /* that this image was started has been told from here */
  bool expects;      /* the exec under way has the library in its environment */
  uint64_t loader;   /* where it lies */
  int told_count;
  struct range { uint64_t start, end; } told[MOST_TOLD]; /* libc's code, as the library has told it: calls from there have a hook */
  bool mingled;      /* what a thread has read was counted for a file that another one closed */
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
  /* Which numbers stand for what they stood for when opens were last looked for, and which were mapped since their last close: a bit each (descriptors.c). */
  uint64_t known[MOST_KNOWN / 64], mapped[MOST_KNOWN / 64];
  bool ring_told;
  bool shares_files; /* with another process, or not with all of its threads */
  /* An exec that was let go on. */
  bool executing;
  bool fresh; /* its image has made no call before this one: the kernel's reads of the program are in its counts */
  uint64_t image;        /* its mark (remote_image); 0: not asked yet */
  uint64_t image_serial; /* a child has its parent's until it executes */
  char *exec_path;
  struct stamp exec_stamp;
  uint64_t serial; /* no two processes of a run have the same, also where a number comes again */
  struct process *next;
};

/* The thread of this number, with its process, begun here where it is met for the first time; NULL: it is gone, or there is no memory. */
struct thread *thread_of(uint32_t tid);
/* Brings `now` up to date, and the process's written_bytes; false: it has ended. */
bool thread_count(struct thread *thread);
void process_count_all(struct process *process);
/* Begins those that have made no call yet; must come before their parent's end, which takes them out of sight. */
void process_meet_children(struct process *process);
void process_forget_threads(struct process *process, uint32_t but); /* all but one; 0: all */
void process_free(struct process *process);
extern uint64_t job_since; /* when the first process was met, in ns since the epoch */
struct process *process_first(void);
struct process *process_find(uint32_t pid);

/*
 * A fact about a file that was told needs no second record: these remember, in a table of fixed size, in which a place taken by another means that it is told once
 * more. `process` NULL: by whomever.
 */
bool told_once(const struct process *process, const struct stamp *stamp, uint32_t access); /* remembers; true: it was told before */
bool was_told(const struct process *process, const struct stamp *stamp, uint32_t access);
bool made_here(const struct stamp *stamp);  /* by this job, as far as is remembered: no input of it */
void told_again(const struct stamp *stamp); /* the number stands for a new file from now on, made by the job */

#endif
