/*
 * Everything that the parts of the library share. Rules of this directory: no heap, no stdio, no locks, no thread-local storage, no libc for our
 * own work; errno is saved; every loop is bounded; nothing of ours stays open in the program.
 */
#ifndef ROAR_H
#define ROAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "arch/syscall.h"
#include "roar_trace.h"

#define EXPORT __attribute__((visibility("default")))
#define HIDDEN __attribute__((visibility("hidden")))
/* What every process touches stands together on the one page that the loader has written to anyway: any other page of ours is a fault of a microsecond. */
#define HOT __attribute__((section(".data")))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define NS_PER_S 1000000000ull

/* Paths as the kernel's links give them end at a page; a longer one is marked. */
#define PATH_BYTES 4096

/* ---- words.c: memory and strings without libc ---- */
void copy_bytes(void *to, const void *from, size_t n);
void zero_bytes(void *at, size_t n);
size_t text_length(const char *text);
bool same_text(const char *a, const char *b);
bool starts_with(const char *text, const char *start);
char *append_text(char *at, const char *end, const char *text);
char *append_number(char *at, const char *end, unsigned long number);

/* ---- scratch.c: path buffers that are not on the stack, which may be a signal's small one ---- */
struct scratch {
  char text[PATH_BYTES + 8];
};
struct scratch *scratch_take(void);
void scratch_give(struct scratch *one);
void scratch_reset(void); /* in a forked child: those who held the others are not here */

/* ---- life.c: one process from its first hook to its end ---- */
struct life {
  uint32_t pid; /* 0 in a forked child: the page is wiped (MADV_WIPEONFORK, Linux 4.14) */
  uint32_t epoch;
  uint32_t outside; /* this process's number outside of pid namespaces that the job has made */
};
extern HIDDEN struct life *life;
/* Raised while a vfork child may share this memory; hooks then ask who they are. */
extern HIDDEN volatile int sharing_memory;
extern HIDDEN int last_epoch;
extern HIDDEN volatile bool had_children; /* others may hold our descriptors */
bool live(void);          /* observing; starts the library on the first call */
bool borrowed(void);      /* in a child that runs in its parent's memory: touch no state */
uint32_t own_pid(void);
void set_inert(bool on);  /* forward only: the program arms a sandbox of its own */
void forked(long child);
void note_child(long child);
void note_status(int status);
void end_process(int status);

/* ---- birth.c ---- */
uint64_t file_birth(int fd, const char *path); /* ns since the epoch; 0 where the file system keeps none (tmpfs: since Linux 6.6) */

/* ---- log.c ---- */
bool log_open(const char *path);
void log_reborn(void);
bool log_closed(void);
extern HIDDEN uint64_t log_born; /* as file_birth(): when the job was about to begin */
struct roar_header *log_header(void);
void names_moved(void);        /* whatever is known of paths has to be asked again */
void directories_turned(void); /* whatever is known of directories, too */
void *record_begin(uint16_t type, size_t size); /* NULL: no room, counted as lost */
void record_end(void *record);
uint64_t now_lost(void);
void wake_recorder(void);
bool filter_has(uint64_t dev, uint64_t ino);
bool filter_add(uint64_t dev, uint64_t ino); /* true when it was not there yet */

/* ---- facts.c: records from what the kernel says ---- */
struct stamp {
  uint64_t dev, ino, size, mtime_ns, ctime_ns;
  uint32_t mode, links;
};
void stamp_from(struct stamp *stamp, const struct stat *found);
bool stamp_fd(int fd, struct stamp *stamp);
bool stamp_path(int dirfd, const char *path, int flags, struct stamp *stamp);
static inline bool is_regular(const struct stamp *stamp) { return (stamp->mode & S_IFMT) == S_IFREG; }
static inline bool same_version(const struct stamp *a, const struct stamp *b) {
  return a->size == b->size && a->mtime_ns == b->mtime_ns;
}
static inline bool same_file(const struct stamp *a, const struct stamp *b) { return a->dev == b->dev && a->ino == b->ino; }
void fact_file(uint16_t type, int fd, const struct stamp *stamp, uint32_t access);
void fact_file_at(uint16_t type, const char *path, size_t length, const struct stamp *stamp, uint32_t access, uint32_t flags);
void fact_gap(const char *code, const char *detail);
void fact_unseen(const char *code, const char *executable, char *const *argv);
void hold_bytes(const struct stamp *stamp, int fd, const char *path, size_t length);

/* ---- paths.c ---- */
size_t path_of_fd(int fd, char *into, uint32_t *flags);                      /* 0: unknown */
size_t path_of_name(int dirfd, const char *name, char *into, uint32_t *flags); /* parent by the kernel, last name as given; no link followed */
size_t paths_new_root(const char *where, char *into);
void paths_set_root(const char *root);
bool paths_usable(void);
bool links_to_unnamed(const struct stamp *stamp);

bool paths_rooted(void); /* after a chroot */

/* ---- named.c: names that are the kernel's own ---- */
enum name_kind { NAME_OPENED, NAME_EXECUTED };
bool name_is_known(enum name_kind kind, const char *name, size_t length, const struct stamp *stamp);
void name_learn(enum name_kind kind, const char *name, size_t length, const struct stamp *stamp); /* the kernel has just given it */

/* ---- places.c: directories lately opened from ---- */
struct hint {
  uint64_t moves;  /* of the log's header when it was opened */
  int dirfd;
  uint32_t prefix; /* hash of the path up to its last slash */
  uint8_t length;  /* of the last name; 0: no hint */
  uint8_t start;   /* where it begins in `text` */
  char text[62];   /* the path as it was opened, or only its last name where the whole is longer */
  bool whole;
  bool made;       /* the file was made by this open: its name is no link */
  bool sure;       /* a plain name below an open directory, opened without following a link */
};
void place_hint(struct hint *hint, int dirfd, const char *path, int flags);
size_t place_path(const struct hint *hint, const struct stamp *file, char *into); /* 0: ask the kernel */
size_t place_whole(const struct hint *hint, const char **path); /* 0: it was too long, or relative */
void place_learn(const struct hint *hint, const char *path, size_t length);
void places_forget(int dirfd);
void places_reset(void);
void place_alias(const struct hint *hint, const struct stamp *file, const char *path, size_t length);

/* ---- descriptors.c ---- */
enum {
  FD_KNOWN = 1,
  FD_BORING = 2, /* no regular file */
  FD_READ = 4,
  FD_WRITTEN = 8,
  FD_WRITABLE = 16,
  FD_READABLE = 32,
  FD_APPEND = 64,
  FD_STDIO = 128,   /* a FILE reads or writes behind our back */
  FD_START = 256,   /* found open when the program began */
  FD_CREATED = 512, /* made by this process */
  FD_UNNAMED = 1024,
  FD_FRESH = 8192, /* its stamp was taken in this very call */
  FD_OVERHEARD = 16384, /* its stamp was asked for by the program, at `asked` */
  FD_LAZY = 4096, /* opened for reading and not asked about yet: no stamp */
  FD_ANNOUNCED = 2048, /* the reader was asked to compare the file at the end */
};
struct descriptor {
  uint32_t epoch;
  uint32_t bits;
  struct stamp stamp; /* when it was opened, or first met */
  int64_t position;
  int64_t asked; /* a moment of the kernel's coarse clock */
  void *stream;
  struct hint hint;
};
/*
 * Raised once another table than this process's own may stand behind our numbers: a child that shares it (CLONE_FILES), a thread that took its own copy
 * (unshare). From then on the kernel is asked at each call.
 */
extern HIDDEN volatile bool descriptors_shared;
struct descriptor *descriptor_at(int fd, bool make);
struct descriptor *descriptor_learn(int fd, uint32_t bits); /* asks the kernel; NULL: no table, bad descriptor */
void descriptor_note(int fd, uint32_t bits); /* known by its open alone */
struct stat;
void descriptor_overhear(int fd, const struct stat *found); /* the program has asked what we would ask */
int64_t coarse_now(void);                                    /* nanoseconds, in steps of a tick; 0: no such clock */
bool descriptor_is_fresh(const struct descriptor *one);     /* nobody can have changed the file since its stamp */
void descriptor_forget(int fd);
void descriptor_copy(int from, int to);
void descriptor_forget_range(unsigned first, unsigned last);
void descriptor_each(void (*visit)(int fd, struct descriptor *one));
void descriptor_retime(const struct stamp *before, const struct stamp *after); /* its times were set: no change of content */

/* ---- touch.c: reads and writes ---- */
void touch_read(int fd);
void touch_written(int fd);
void touch_before_write(int fd);
struct opened {
  int dirfd;
  const char *path; /* NULL: made up by libc */
  int flags;
  const struct stamp *before; /* of the file that the open could make or cut; NULL: not asked, or none */
  bool existed;
};
void touch_opened(int fd, const struct opened *opened);
void touch_mapped(int fd, int protection, int flags);
void touch_read_slow(int fd);
void touch_written_slow(int fd);
void touch_before_write_slow(int fd);

/* ---- settle.c: what stdio, mappings and redirections did without a call of ours ---- */
void settle_fd(int fd);
int stream_number(void *stream); /* of a FILE, without a call where its place is known */
void settle_all(void);

/* ---- environ.c, image.c, target.c, injection.c ---- */
struct injection {
  const char *library;
  const char *log;
  const char *program; /* this one's executable, for messages */
};
extern HIDDEN struct injection injection;
const char *injection_keep(const char *text);
bool environ_claim(void);
/* The environment for a child: ours put back into `envp`. `into` has room for its count and 4 more, `words` for `environ_words` bytes. */
size_t environ_count(char *const *envp);
size_t environ_words(char *const *envp, const char *runtime);
void environ_inject(char *const *envp, char **into, char *words, size_t size, const char *runtime);
bool environ_readable(char *const *envp);
/* For calls that take libc's own environ (system, popen, wordexp). */
void environ_lend(void);
void environ_take_back(void);
void image_announce(void);
void image_objects(void);
void image_script(const char *path);
struct target_verdict {
  const char *gap; /* NULL: can be entered */
  bool sanitizer;
  bool loader; /* started by name: it loads us, and then a program */
  char runtime[128]; /* soname that must stand before ours */
};
void target_inspect(int dirfd, const char *path, int flags, struct target_verdict *verdict);

/* ---- direct.c ---- */
struct dl_phdr_info;
bool object_is_go(const struct dl_phdr_info *info);
bool object_calls_kernel(const struct dl_phdr_info *info, bool is_program);

/* ---- resolve.c ---- */
void resolve_start(void);
typedef int coarse_clock(int clock, struct timespec *now);
extern HIDDEN coarse_clock *clock_of_kernel; /* NULL: none was found; makes no system call */

/* ---- supervised.c ---- */
extern HIDDEN bool supervised;        /* what cannot be entered is seen from outside */
extern HIDDEN bool announced_outside; /* that this program was started is known */
extern HIDDEN uintptr_t libc_start, libc_size;
void supervised_begin(void);
void supervised_end(void);
void supervised_again(void);
void supervised_mixed(void);

/* ---- errno ---- */
extern int *__errno_location(void);
#define errno_now (*__errno_location())

/* The hooks' frame: REAL(name) is the next definition behind ours. */
#define REAL_NAMES(X) \
  X(open) X(open64) X(openat) X(openat64) X(creat) X(creat64) X(__open_2) X(__open64_2) X(__openat_2) X(__openat64_2) X(open_by_handle_at) \
  X(fopen) X(fopen64) X(freopen) X(freopen64) X(fdopen) X(fclose) X(tmpfile) X(tmpfile64) X(fileno) X(closedir) X(dirfd) X(popen) X(pclose) \
  X(fread) X(fread_unlocked) X(fgets) X(fgetc) X(getc) X(_IO_getc) X(fgetws) X(fgetwc) X(getwc) X(rewind) X(fseek) X(fseeko) X(fseeko64) X(fsetpos) X(fsetpos64) X(fflush) X(setmntent) X(endmntent) X(vfscanf) X(getline) X(getdelim) X(__fread_chk) X(__fgets_chk) \
  X(fstat) X(fstat64) X(__fxstat) X(__fxstat64) X(read) X(pread) X(pread64) X(readv) X(preadv) X(preadv64) X(preadv2) X(preadv64v2) X(__read_chk) X(__pread_chk) X(__pread64_chk) \
  X(write) X(pwrite) X(pwrite64) X(writev) X(pwritev) X(pwritev64) X(pwritev2) X(pwritev64v2) \
  X(sendfile) X(sendfile64) X(copy_file_range) X(splice) X(tee) X(vmsplice) X(ioctl) \
  X(futimens) X(futimes) X(utimensat) X(futimesat) X(utimes) X(lutimes) X(utime) \
  X(truncate) X(truncate64) X(ftruncate) X(ftruncate64) X(fallocate) X(fallocate64) X(posix_fallocate) X(posix_fallocate64) \
  X(close) X(closefrom) X(close_range) X(dup) X(dup2) X(dup3) X(fcntl) X(fcntl64) \
  X(rename) X(renameat) X(renameat2) X(link) X(linkat) X(symlink) X(symlinkat) X(unlink) X(unlinkat) X(remove) X(rmdir) X(mkdir) X(mkdirat) X(mknod) X(mknodat) X(__xmknod) X(__xmknodat) \
  X(mkstemp) X(mkstemp64) X(mkostemp) X(mkostemp64) X(mkstemps) X(mkstemps64) X(mkostemps) X(mkostemps64) X(mkdtemp) \
  X(mmap) X(mmap64) X(mprotect) X(chroot) X(chdir) X(fchdir) X(prctl) X(syscall) \
  X(aio_read) X(aio_read64) X(aio_write) X(aio_write64) X(lio_listio) X(lio_listio64) \
  X(execve) X(execv) X(execvpe) X(fexecve) X(execveat) X(posix_spawn) X(posix_spawnp) X(posix_spawn_file_actions_addopen) X(posix_spawn_file_actions_destroy) X(system) X(wordexp) \
  X(fork) X(_Fork) X(dlclose) X(_mcleanup) X(io_submit) X(io_uring_setup) X(io_uring_queue_init) X(io_uring_queue_init_params) X(io_uring_queue_init_mem) X(exit) X(_exit) X(_Exit) X(quick_exit) X(on_exit) X(clone) X(pthread_cancel) X(unshare) X(setns) X(mount) X(connect) X(daemon) X(forkpty) X(gnu_get_libc_version) X(stdin) X(stdout) X(stderr)
enum real_index {
#define X(name) REAL_##name,
  REAL_NAMES(X)
#undef X
  REAL_COUNT
};
extern HIDDEN void *real_table[REAL_COUNT];
#define REAL_ABSENT ((void *)-1)
void *resolve_one(enum real_index index); /* NULL: the program's libc has no such function */
static inline void *real_at(enum real_index index) {
  void *known = real_table[index];
  if (unlikely(!known)) return resolve_one(index);
  return likely(known != REAL_ABSENT) ? known : NULL;
}
#define REAL(name, type) ((type)real_at(REAL_##name))

#endif
