/*
 * What the parts of the macOS library share. It writes the log that the Linux library writes (trace-protocol), and rests on libSystem instead of on system calls, whose
 * numbers Apple does not promise. dyld(1) replaces calls by the table in __DATA,__interpose for every image but ours: what we call here is the real function.
 * Rules: no heap, no stdio, no locks; errno is saved; every loop is bounded; nothing of ours stays open in the program.
 */
#ifndef ROAR_DARWIN_H
#define ROAR_DARWIN_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "roar_facts.h"

/* F_GETPATH gives no more (fcntl(2)). */
#define PATH_BYTES MAXPATHLEN

/* ---- log.c: the log of roar_log.h for many writers: space by one atomic add, commit by a last store ---- */
bool log_closed(void);
extern uint64_t log_born; /* ns since the epoch; 0: unknown */

/* ---- facts.c ---- */
bool stamp_fd(int fd, struct stamp *stamp);
bool stamp_path(int dirfd, const char *path, int flags, struct stamp *stamp);
static inline bool same_file(const struct stamp *a, const struct stamp *b) { return a->dev == b->dev && a->ino == b->ino; }
bool made_here(const struct stamp *stamp); /* this job was told to have made it; one file in some is taken for another */
void fact_file(int fd, const struct stamp *stamp, uint32_t access);
void fact_file_at(const char *path, const struct stamp *stamp, uint32_t access);
void fact_gap(const char *code, const char *detail);
void fact_unseen(const char *code, const char *executable, char *const *argv);
void fact_exec(const struct stamp *stamp, const char *executable, const char *cwd, char *const *argv);
void fact_exit(int status);
void fact_rename(uint32_t kind, const struct stamp *moved, const struct stamp *replaced, const char *from, const char *to);
void fact_link(const struct stamp *stamp, const char *from, const char *to);
void fact_symlink(const char *target, const char *path);
void fact_unlink(const struct stamp *stamp, const char *path);
void fact_mkdir(const char *path);

/* ---- holds.c: bytes of this job's inputs that are about to be destroyed ---- */
void hold_bytes(const struct stamp *stamp, const char *path);
void hold_fd(int fd, const struct stamp *stamp);
void hold_named(int dirfd, const char *path, const struct stamp *stamp);

/* ---- paths.c; false: unknown ---- */
bool path_of_fd(int fd, char into[PATH_BYTES]);
bool path_of_name(int dirfd, const char *name, char into[PATH_BYTES]); /* parent by the kernel, last name as given; no link followed */

/* ---- descriptors.c: each fact once for each process and open file ---- */
struct opening {
  int dirfd, flags;
  const char *path;
  bool existed;
  struct stamp before;
};
void opening_begin(struct opening *opening, int dirfd, const char *path, int flags);
int opening_end(const struct opening *opening, int fd); /* `fd` again */
void touch_read(int fd);
void touch_before_write(int fd);
void touch_written(int fd);
void touch_mapped(int fd, int protection, int flags);
void descriptor_forget(int fd);
int descriptor_copy(int from, int to); /* `to` again */

/* ---- environ.c: our variables, hidden from the program before its main, put back for each child ---- */
bool environ_claim(void);
const char *environ_log(void);
const char *environ_script(void); /* the script whose interpreter this is; "": none */
size_t environ_count(char *const *envp);
size_t environ_bytes(char *const *envp, const char *script);
void environ_inject(char *const *envp, char **into, char *words, size_t size, const char *script);

/* ---- target.c, macho.c: what the library cannot enter ---- */
struct target {
  const char *gap; /* NULL: can be entered */
  char script[PATH_BYTES]; /* ""; or the script that the kernel will read for its interpreter */
};
void target_inspect(const char *path, struct target *target);
enum macho { MACHO_ENTERED, MACHO_NONE, MACHO_FOREIGN, MACHO_PROTECTED };
enum macho macho_inspect(int fd, uint32_t cpu);

/* ---- life.c ---- */
bool live(void);
uint32_t own_pid(void);
void process_forked(void);
void process_ends(int status);
void image_objects(void);

#endif
