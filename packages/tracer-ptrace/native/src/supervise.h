/*
 * What the parts of the supervisor ask of each other. One thread handles one call at a time: nothing here needs a lock.
 *
 * A call goes this way: listen.c (or stops.c) receives it; what the thread's earlier calls did is settled, since it can be seen now; the call's own handler notes what is
 * there before it goes on; it is answered with "continue". Nothing is refused, and nothing is done for the program.
 */
#ifndef ROAR_SUPERVISE_H
#define ROAR_SUPERVISE_H
#include <fcntl.h>
#include <sys/types.h>

#include "remote.h"

/* ---- opens.c: files opened for writing, made or cut ---- */
void opening(struct call *call);
/* What came of the opens of this process. `own`: the thread whose next call this is; its open has ended by now, one of another thread's may still be under way. */
void settle_pending(struct process *process, struct thread *own);
struct written *written_find(struct process *process, const struct stamp *stamp); /* the one opened last; NULL: none */
/* `before`: the version that it had when this process got it. Never NULL: a full table forgets what was closed first. */
struct written *written_add(struct process *process, int fd, const struct stamp *before, const char *path);
void written_duplicated(struct process *process, int from, int to);

/* ---- reads.c: which files the bytes came from that the kernel counted ---- */
/*
 * What the thread has read since its last call. `named`: the descriptor that this call is about, the likeliest, with our `copy` of it, its state `seen` and its `flags`;
 * -1: none, and all that is open is looked at.
 */
void settle_reads(struct thread *thread, int named, int copy, const struct stamp *seen, int flags);
void settle_threads(struct thread *own, int named, int copy, const struct stamp *stamp, int flags); /* the same for the process's other threads */
void position_moved(struct process *process, int fd); /* by a copy in the kernel: no read of it */
struct position *position_of(struct process *process, int fd, const struct stamp *now); /* NULL: it was not open at the start */
/* One fact a process and file; what it has written since stays out of it, for the version read is the one from before. */
void tell_read(struct process *process, int copy, const struct stamp *stamp, uint32_t access);
/* links.c: links that the job makes, and the names that files have by them. */
void link_made(const char *path);
void links_tell(uint32_t pid, const char *path, const struct stamp *file);
void tell_read_by(struct process *process, const char *path, const struct stamp *stamp, uint32_t access);
bool read_is_told(const struct process *process, const struct stamp *stamp);
void note_library(void); /* the last of LD_PRELOAD is ours, and no input */

/* ---- ends.c: what was written, when a descriptor or its process ends ---- */
void settle_end(struct thread *thread, int fd); /* `fd` is about to be closed, or replaced by a dup2 */
void settle_writes(struct thread *thread, uint64_t wrote); /* bytes since its last call: of files that others write, too, only these are its own */
void settle_open(struct process *process, int fd, int copy, const struct stamp *now);
void settle_known(struct process *process, const struct stamp *now); /* it is about to be opened once more */
void settle_before(const struct call *call, const struct stamp *stamp); /* its name is about to change: what was written had the old one */
void settle_all(struct process *process, bool ending);
void settle_dead(struct process *process); /* killed: its descriptors are gone, its files are not */
void settle_moved(struct process *process); /* what was left open of files that the library does not know */
bool is_writing(const struct process *process); /* anything is open for it, as far as was seen */

/* ---- names.c: names made, moved and removed ---- */
void renaming(struct call *call);
void linking(const struct call *call);
void unlinking(struct call *call);
void making(const struct call *call);
void settle_changes(struct thread *own); /* of all threads: facts come in the order in which names changed */
bool changes_under_way(void);
void change_drop(struct thread *thread); /* told first, if it happened */
void resized_later(const struct call *call, const char *path, const struct stamp *before);

/* ---- sizes.c: lengths, and bytes that are about to be destroyed ---- */
void resizing(struct call *call);
/* The call waits (its `ticket`) until the recorder has kept the file's bytes, if the job has read it. */
void hold_bytes(struct call *call, const struct stamp *stamp, const char *path);
/* The same for a file that may be read before it is changed, and no stop will show it: if it is small enough to be hashed at once. */
void hold_in_case(struct call *call, const struct stamp *stamp, const char *path);

/* ---- copies.c: bytes that move without a read or a write ---- */
void mapping(const struct call *call);
void copying(const struct call *call);
void submitting(const struct call *call); /* aio */
void settle_copy(struct thread *thread);
void copy_drop(struct thread *thread);

/* ---- image.c: processes, from fork to exit ---- */
void forking(const struct call *call);
void executing(const struct call *call);
void exiting(const struct call *call);
void signalling(const struct call *call); /* whoever may die of it makes no more calls: it is looked at before */
void image_settle(struct process *process, uint64_t from); /* where in memory the call was made; 0: not told */
void image_announce(struct process *process);
bool link_of(uint32_t pid, const char *name, char *into, size_t size); /* where /proc/PID/NAME leads; false, and empty: nobody may know */
void note_positions(struct process *process); /* what it finds open was read and written by others up to here */

/* ---- pipes.c: who may be ended by a pipe that nobody reads any more ---- */
void pipe_ending(struct process *process, int copy, const struct stamp *pipe);
void pipes_ending(struct process *process);

/* ---- descriptors.c: which need not be looked at again ---- */
void descriptors_forked(struct process *process, uint64_t flags); /* of clone(2) */
void descriptors_inherited(struct process *child, const struct process *parent);
void descriptors_changed(const struct call *call);
/* Does the number stand for what it stood for when the opens of this process were last compared with it? */
bool descriptor_is_known(const struct process *process, int fd);
void descriptor_known(struct process *process, int fd); /* it was compared with each open that is under way */
void descriptors_unknown(struct process *process);

/* ---- rows.c: files that are read one after another ---- */
void row_explained(struct thread *thread, bool exactly, uint64_t calls); /* a file was looked at by itself: its position told all that was read, in so many calls */
void row_meets(uint32_t tid, enum call_id id);
bool row_is_near(const struct thread *thread);
bool row_takes(struct thread *thread, int fd, int copy, const struct stamp *now, uint64_t mount); /* false: it is to be looked at by itself */
void row_settle(void);

/* ---- listings.c: the names of a row's files ---- */
void listing_meets(const char *path); /* as the kernel has just given it */
const char *listing_names(const struct stamp *file, uint64_t mount); /* its last name; NULL: to be asked for */
void listing_path(char *into); /* where its files are now, with a last slash */
void listing_let_go(void);

/* ---- rings.c: io_uring ---- */
void ring_making(const struct call *call);
void ring_mapping(const struct call *call);
void ring_entering(const struct call *call);
void ring_closed(const struct process *process, int fd); /* -1: all of them */
void settle_ring(struct thread *thread);

/* ---- loaders.c: programs that have just begun ---- */
#define LOADER_SPAN (1ul << 20) /* more than any loader's own memory */
void loader_learn(uint32_t pid, uint64_t base, uint64_t from);
uint64_t loader_found(const struct process *process, uint64_t from); /* where it lies in a new image; 0: to be asked for */

/* ---- inside.c: processes that have the preload library in them ---- */
extern bool library_inside; /* the run has it, too */
bool inside_answers(struct call *call, uint64_t from); /* true: the library tells of this call, nothing more is to be looked at */
bool inside_expected(const struct call *call); /* an exec whose environment has the library */

/* ---- listen.c: calls by user notification ---- */
enum { MOST_HELD = 256 }; /* calls that wait, in `taken`; the first is the one under way */
#define ALL_TOLD UINT64_MAX /* in the place of that one: the supervisor ends because everybody has */
/* `taken`: shared with the guardian, which answers them if the supervisor dies. */
void listen_until_end(int listener, uint64_t *taken);
struct seccomp_notif;
void call_look(const struct seccomp_notif *notice, struct call *call); /* all that is done about one call, but for its answer */
void sandbox_refused(const struct call *call);
void settle_meanwhile(struct process *process);
bool recorder_is_alive(void); /* by its heartbeat in the log's header: nobody waits for one that is dead or stuck */

/* ---- stops.c: the same by ptrace(2) ---- */
bool stops_begin(pid_t pid);
void stops_until_end(void);

/* ---- guardian.c ---- */
/* `alive`: a pipe's end that the supervisor holds, and that closes with it. */
void guard(int listener, int alive, const uint64_t *taken);

/* ---- main.c ---- */
void remove_mark(void); /* that somebody is supervised: everything has been told */

#endif
