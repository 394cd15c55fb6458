/*
 * What the parts of a run's follower share. It turns what the programs in the kernel tell (event.h) into records of the run's log: ring.c reads events, order.c puts them into
 * the order of their numbers, tell.c and names.c say what each means, paths.c and identity.c find the names and files that it is about, roar_facts.c (trace-protocol) writes. One thread.
 *
 * An event is some milliseconds old when it is read. What it says of a file was true when the call ended; what is looked up here may have changed since, and counts only
 * where it can be shown to be the same.
 */
#ifndef ROAR_FOLLOW_H
#define ROAR_FOLLOW_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "event.h"
#include "roar_facts.h"
#include "wire.h"

#define PATH_BYTES ROAR_LAYOUT_MAX_PATH

/* ---- stamps.c ---- */
bool stamp_path(const char *path, bool follow, struct stamp *stamp); /* `follow`: a link as the last name. False: all 0 */
static inline bool same_file(const struct stamp *a, const struct stamp *b) { return a->ino && a->dev == b->dev && a->ino == b->ino; }

/* ---- paths.c: paths from an event's texts ---- */
/* A name's whole path. `lexical`: put together from texts alone, since its directory could not be asked for: it is recorded as such. */
struct place { char path[2 * PATH_BYTES]; bool lexical; };
/* The path of a directory or file that the kernel has walked, by the name outside of the program's mounts where it has one. False: the event has none. */
bool base_path(const struct event *event, enum event_text text, char *into);
void tell_inside(const struct event *event, enum event_text text); /* a gap, where the path means something in the program's own mounts alone */
/* Whom the call has touched, `event->candidates` of them: they stand in front of the texts. */
static inline const struct candidate *candidates_of(const struct event *event) { return (const struct candidate *)(event + 1); }
static inline bool is_directory(const struct candidate *one) { return S_ISDIR(one->mode); }
/* The base and the name behind it, tidied; `follow`: links are followed to the end. */
bool place_of(const struct event *event, enum event_text base, bool follow, struct place *place);
/* From a path inside a file system to one that leads there from here, to this very file where `stamp` is given. */
bool path_outside(uint32_t device, const char *inner, const struct stamp *stamp, char *into);
void stamp_of(const struct event *event, struct stamp *stamp); /* as the kernel's structures say */
/* As stat(2) says, on file systems where that is something else; unchanged elsewhere. */
void stamp_by_path(uint32_t magic, const char *path, struct stamp *stamp);
uint64_t user_device(uint32_t device); /* the kernel's dev_t as stat(2) has it */

/* ---- identity.c: whether a path's directory is still the one that a call has changed ---- */
/* linux/magic.h: file systems whose numbers need an explanation. */
#define BTRFS 0x9123683eu
#define OVERLAY 0x794c7630u
bool is_directory_of(const struct candidate *one, const char *path);
bool is_in_changed(const struct event *event, const char *path); /* true, too, where the kernel does not tell what it has changed */

/* ---- tell.c, names.c, script.c: what each event means ---- */
void tell(const struct event *event); /* every event comes here, in order */
void tell_name_event(const struct event *event);
void tell_core(const struct event *event); /* a core dump that the kernel may have left */
/* The files that the kernel read on the way from a script to its interpreter. */
void tell_script(const struct event *event, const struct stamp *program, const char *cwd, const char *root);
/* As realpath(3) inside another root; `path`: as it is named there. */
bool real_path_in(const char *root, const char *path, char *into);

/* ---- order.c: events in the order of their numbers ---- */
void order_begin(int daemon); /* the connection by which missing ones are asked for */
void order_add(const struct event *event);
void order_close_holes(uint64_t behind); /* those that are missing below are kept by the daemon, or lost */
bool order_waits(void); /* some are there whose turn has not come */
uint64_t order_first_waiting(void);

/* ---- ring.c ---- */
bool ring_open(int fd, size_t bytes); /* `bytes`: of its data; a power of two, in whole pages */
size_t ring_read(void (*each)(const struct event *)); /* how many there were */

/* ---- daemon.c: the connection to roard ---- */
struct followed {
  int daemon, ring; /* descriptors */
  struct wire_reply opened;
  uint32_t command; /* the process that joins the run */
};
int daemon_connect(const char *asked); /* a socket's path; NULL: the usual places; -1 with errno */
/* Starts a daemon where this user may and none is there. `why`: the reason in words, where it fails. */
bool daemon_open_run(const char *asked, struct followed *followed, const char **why);
/* Events that found the ring full, with numbers from `first` to before `behind`; bytes, or -1. `into`: KEPT_ANSWER_BYTES. */
ssize_t daemon_take_kept(int fd, uint64_t first, uint64_t behind, char *into);
bool daemon_ask(int fd, uint32_t ask, struct wire_reply *reply, int *ring);

/* ---- follow.c ---- */
void take(const struct event *event); /* from the ring or from the daemon */
/* Until the last process of the run has ended. `ready`: by a byte the command's process says that it has called; closed when it is known whether the kernel has heard it. */
void follow(const struct followed *followed, int ready);
void mark_caught_up(void); /* main.c: the recorder may look now who lives on */
void gap_not_seen(const char *why); /* the whole run, or the rest of it */
#endif
