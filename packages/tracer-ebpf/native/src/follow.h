/* What the parts of a run's follower share: it turns what the kernel tells into records of the run's log. One thread. */
#ifndef ROAR_FOLLOW_H
#define ROAR_FOLLOW_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "event.h"
#include "roar_log.h"
#include "wire.h"

#define PATH_BYTES ROAR_LAYOUT_MAX_PATH

/* ---- facts.c: records ---- */
struct stamp {
  uint64_t dev, ino, size, mtime_ns, ctime_ns;
  uint32_t mode, links;
};
struct text { const char *bytes; size_t length; };
struct text text_of(const char *string);
bool stamp_path(const char *path, bool follow, struct stamp *stamp);
static inline bool same_file(const struct stamp *a, const struct stamp *b) { return a->ino && a->dev == b->dev && a->ino == b->ino; }
void fact_file(uint32_t pid, uint32_t flags, struct text path, const struct stamp *stamp, uint32_t access);
void fact_name(uint32_t pid, const struct stamp *stamp, struct text path, struct text target);
void fact_gap(uint32_t pid, uint32_t count, const char *code, struct text detail);
void fact_fork(uint32_t pid, uint32_t parent);
void fact_exit(uint32_t pid, int32_t status);
void fact_link(uint32_t pid, const struct stamp *stamp, struct text from, struct text to);
void fact_symlink(uint32_t pid, struct text target, struct text path);
void fact_mkdir(uint32_t pid, struct text path);
void fact_rename(uint32_t pid, uint32_t kind, const struct stamp *moved, const struct stamp *replaced, struct text from, struct text to);
void fact_unlink(uint32_t pid, const struct stamp *stamp, struct text path);
void fact_exec(uint32_t pid, uint32_t flags, const struct stamp *stamp, struct text executable, struct text cwd, struct text argv);

/* ---- paths.c: paths from an event's texts ---- */
struct place { char path[2 * PATH_BYTES]; bool lexical; };
bool base_path(const struct event *event, enum event_text text, char *into); /* false: none */
void tell_inside(const struct event *event, enum event_text text); /* a gap, where the path means something in the program's own mounts alone */
static inline const struct candidate *candidates_of(const struct event *event) { return (const struct candidate *)(event + 1); }
static inline bool is_directory(const struct candidate *one) { return S_ISDIR(one->mode); }
bool place_of(const struct event *event, enum event_text base, bool follow, struct place *place);
bool path_outside(uint32_t device, const char *inner, const struct stamp *stamp, char *into);
void stamp_of(const struct event *event, struct stamp *stamp);
void stamp_by_path(uint32_t magic, const char *path, struct stamp *stamp);
uint64_t user_device(uint32_t device);

/* ---- identity.c: whether a path's directory is still the one that a call has changed ---- */
#define BTRFS 0x9123683eu
#define OVERLAY 0x794c7630u
bool is_directory_of(const struct candidate *one, const char *path);
bool is_in_changed(const struct event *event, const char *path); /* true, too, where the kernel does not tell what it has changed */

/* ---- tell.c, names.c, script.c: what each event means ---- */
void tell(const struct event *event);
void tell_name_event(const struct event *event);
void tell_core(const struct event *event);
void tell_script(const struct event *event, const struct stamp *program, const char *cwd);

/* ---- order.c: events in the order of their numbers ---- */
void order_begin(int daemon);
void order_add(const struct event *event);
void order_close_holes(uint64_t behind); /* those that are missing below are kept by the daemon, or lost */
bool order_waits(void);
uint64_t order_first_waiting(void);

/* ---- ring.c ---- */
bool ring_open(int fd, size_t bytes);
size_t ring_read(void (*each)(const struct event *)); /* how many there were */

/* ---- daemon.c: the connection to roard ---- */
struct followed { int daemon, ring; struct wire_reply opened; uint32_t command; };
int daemon_connect(const char *asked); /* a socket's path; NULL: the usual places */
bool daemon_open_run(const char *asked, struct followed *followed, const char **why);
ssize_t daemon_take_kept(int fd, uint64_t first, uint64_t behind, char *into);
bool daemon_ask(int fd, uint32_t ask, struct wire_reply *reply, int *ring);

/* ---- follow.c ---- */
void take(const struct event *event);
void follow(const struct followed *followed, int ready);
void mark_caught_up(void); /* main.c: the recorder may look now who lives on */
void gap_not_seen(const char *why);
#endif
