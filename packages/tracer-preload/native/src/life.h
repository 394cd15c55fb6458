/* One process from its first hook to its end (life.c), and the log that it writes to (log.c). */
#ifndef ROAR_LIFE_H
#define ROAR_LIFE_H

#include "base.h"

/* ---- life.c ---- */
/* On a page of its own that the kernel empties in a forked child (MADV_WIPEONFORK, Linux 4.14): so the child is known, however it was forked. */
struct life {
  uint32_t pid;     /* 0 in a forked child that has made no hooked call yet */
  uint32_t epoch;   /* what was noted under another one was another process's doing */
  uint32_t outside; /* this process's number outside of pid namespaces that the job has made */
};
extern HIDDEN struct life *life;
/* Raised while a vfork child may share this memory; hooks then ask who they are. */
extern HIDDEN volatile int sharing_memory;
extern HIDDEN int last_epoch;
extern HIDDEN volatile bool had_children; /* others may hold our descriptors */
/*
 * Every hook begins with it: whether there is anything to tell, and to whom. Starts the library on the first call, and a child's life on its first; false in a program
 * that was not started under roar, once the recorder has closed the log, and under set_inert.
 */
bool live(void);
bool borrowed(void);      /* in a child that runs in its parent's memory: touch no state */
uint32_t own_pid(void);   /* as the recorder counts it: the number outside */
void set_inert(bool on);  /* forward only: the program arms a sandbox of its own, which would kill it for a call of ours */
void about_to_fork(void); /* before any call that may make a process: this one has a life by then, and the child finds whose it is */
void introduce_borrowed(void); /* a child in its parent's memory that does more than to become a program */
void forked(long child);  /* what fork returned, on both sides */
void note_child(long child); /* in the parent; nothing for 0 and for an error */
void note_status(int status); /* what exit was given, or main has returned */
bool hears_of_end(void);      /* the status itself: nobody need note it */
void end_process(int status); /* settles what is open, and tells the end, once */

/* ---- birth.c ---- */
uint64_t file_birth(int fd, const char *path); /* of `path`, or of `fd` where that is NULL; ns since the epoch; 0 where the file system keeps none (tmpfs: since Linux 6.6) */

/* ---- log.c ---- */
bool log_open(const char *path); /* false where it is not there, or another build's */
void log_reborn(void);           /* in a forked child */
bool log_holds(uintptr_t address); /* one of its mappings lies there */
bool log_closed(void);           /* the recorder wants no more, or there never was a log */
extern HIDDEN uint64_t log_born; /* as file_birth(): when the job was about to begin */
struct roar_header *log_header(void); /* shared with all processes of the job: atomic accesses only */
/* The job's names have changed: what any process of it knows of paths has to be asked again. */
void names_moved(void);
void directories_turned(void); /* whatever is known of directories, too */
/*
 * Room for one record of `size` bytes, its head filled in; NULL: no room, counted as lost. What lies behind the head is written before record_end(), whose last store
 * makes the record valid: a process that dies between the two leaves a record that the reader passes over, and says so.
 */
void *record_begin(uint16_t type, size_t size);
void record_end(void *record);
void wake_recorder(void);
/* A set of files that some process of the job has read: may say yes of one that is not in it, never no of one that is. */
bool filter_has(uint64_t dev, uint64_t ino);
bool filter_add(uint64_t dev, uint64_t ino); /* true when it was not there yet */

#endif
