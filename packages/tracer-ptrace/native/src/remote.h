/*
 * What /proc and the kernel tell of another process (remote.c). It stands still only while the call under way is unanswered, and only that thread of it does: whatever
 * is read here of others may change the next moment.
 */
#ifndef ROAR_REMOTE_H
#define ROAR_REMOTE_H
#include "process.h"

/* Whose call is looked at: for gaps that are met on the way. */
extern uint32_t caller;
extern bool caller_waits; /* until its call is answered; between two calls nobody does */
/* False: the caller is gone, and what was read by its number may have been another process's. */
bool call_valid(const struct call *call);

/* All of it or nothing: false where part of it is not there. */
bool remote_read(uint32_t pid, uint64_t address, void *into, size_t size);
/* The bytes from `address` on that can be read, over two pages at most. */
size_t remote_part(uint32_t pid, uint64_t address, void *into, size_t size);
/* A text with its NUL; false where it is longer than `size` or not all there. */
bool remote_text(uint32_t pid, uint64_t address, char *into, size_t size);

/* A copy of its descriptor, ours to close at once; -1 with errno. */
int remote_fd(const struct process *process, int fd);
/* The same, of a regular file, with its state; else -1 (descriptors.c remembers those that are none). */
int regular_fd(struct process *process, int fd, struct stamp *now);

/* The kernel's name of our own descriptor's file; 0: unknown, for which there is a gap where it is too long. */
size_t path_of_fd(int fd, char *into, size_t size);
/* The same for a copy of a program's, by the name that it has outside of the program's mounts; where it has none there, a gap. `into`: PATH_BYTES. */
size_t path_of_file(struct process *process, int copy, const struct stamp *stamp, char *into);
/* mounts.c: the name outside of its mounts, in place of the one inside; false: there is none. */
bool path_outside(uint32_t pid, int fd, const struct stamp *stamp, char *path);

struct image {
  uint64_t mark; /* another one for each exec; 0: it cannot be asked */
  uint64_t loader; /* where it lies; 0: the program needs none */
  bool secure; /* set-id, or with capabilities: its loader takes no libraries */
};
struct image remote_image(uint32_t pid);

/* A name of the program's as this process can open it (/proc/PID/cwd/…, /proc/PID/root/…); the last link in it is followed or not by who opens. */
bool remote_place(const struct call *call, int dirfd, const char *name, char *into, size_t size);
/* rooted.c: the same in a root of the program's own, by the name outside; false: it has none. */
bool rooted_place(const struct call *call, int dirfd, const char *name, bool follow, char *into, size_t size);
/* The absolute name behind an argument: its directory as the kernel names it, its last name as given, no link of that followed; with the state of what stands
   there, ino 0 for nothing. False for `.`, `..` and what cannot be reached. */
bool remote_name(const struct call *call, int dirfd, uint64_t address, char *into, size_t size, struct stamp *stamp);

/* Calls `visit` for each number that names an entry of the directory `path` (of /proc): descriptors, threads. */
void each_number(int parent, const char *path, void (*visit)(struct process *, int, void *), struct process *process, void *context);
void each_fd(struct process *process, void (*visit)(struct process *, int fd, void *), void *context);

#endif
