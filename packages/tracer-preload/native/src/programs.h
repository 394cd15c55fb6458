/* Programs: what they are told by their environment, what they are made of, whether they can be entered, and who else watches. */
#ifndef ROAR_PROGRAMS_H
#define ROAR_PROGRAMS_H

#include "facts.h"

/* ---- environ.c ---- */
struct injection {
  const char *library; /* its absolute path */
  const char *log;     /* the same */
  const char *program; /* this one's executable, for messages */
};
extern HIDDEN struct injection injection;
const char *injection_keep(const char *text); /* a copy that stays; "" where the room for them is used up */
bool environ_claim(void); /* takes our words out of the program's sight; false: it was not started under roar */
/* The environment for a child: ours put back into `envp`. `into` has room for its count and 4 more, `words` for `environ_words` bytes. */
size_t environ_count(char *const *envp);
size_t environ_words(char *const *envp, const char *runtime);
void environ_inject(char *const *envp, char **into, char *words, size_t size, const char *runtime); /* `runtime`: what must stand before us, or "" */
bool environ_readable(char *const *envp); /* false: the kernel's EFAULT is the program's answer */
/* For calls that take libc's own environ (system, popen, wordexp). They nest. */
void environ_lend(void);
void environ_take_back(void);

/* ---- image.c ---- */
void image_announce(void); /* once for each program: who, where, from which files */
void image_objects(void);  /* the objects that were loaded since */
void image_object_wanted(const char *path);
void image_script(const char *path); /* read by the kernel before any code of ours ran */

/* ---- target.c ---- */
struct target_verdict {
  const char *gap; /* a code of docs/gaps; NULL: can be entered */
  bool sanitizer;
  bool opaque; /* it may not be read: whether it can be entered is not known */
  bool loader; /* started by name: it loads us, and then a program */
  char runtime[128]; /* soname that must stand before ours; "": none */
};
void target_inspect(int dirfd, const char *path, int flags, struct target_verdict *verdict); /* flags as of execveat(2); follows scripts to their interpreter */

/* ---- direct.c: code that calls the kernel past libc, and so past us ---- */
struct dl_phdr_info;
bool object_is_go(const struct dl_phdr_info *info);
bool object_calls_kernel(const struct dl_phdr_info *info, bool is_program);

/* ---- supervised.c: the supervisor around us, where there is one ---- */
extern HIDDEN bool supervised;        /* what cannot be entered is seen from outside */
extern HIDDEN bool unseen_calls;      /* and this program makes calls that no hook sees */
extern HIDDEN bool announced_outside; /* that this program was started is known */
extern HIDDEN uintptr_t libc_start, libc_size;
void supervised_begin(void); /* asks; without one it is a single refused call */
/* The library sees nothing any more, and the one outside looks at everything; and the end of that. */
void supervised_end(void);
void supervised_again(void);
void supervised_mixed(void); /* this program also makes calls that no hook sees */

#endif
