/*
 * Names of files. The truth is the kernel's own link of a descriptor (paths.c); since asking for it costs more than all else that is done about a file, two shortcuts give
 * the same answer where nothing can have changed it: names that the job's processes have had from the kernel before (named.c), and directories that this process has
 * lately opened files from (places.c).
 */
#ifndef ROAR_PATHS_H
#define ROAR_PATHS_H

#include "facts.h"

/* ---- paths.c ---- */
/* Into PATH_BYTES and a NUL; 0: unknown. `flags` gets ROAR_FLAG_GONE for a file without a name. */
size_t path_of_fd(int fd, char *into, uint32_t *flags);
size_t path_of_name(int dirfd, const char *name, char *into, uint32_t *flags); /* parent by the kernel, last name as given; no link followed */
/* chroot(2): the new root's name, asked for before the call, and taken behind it: from then on it stands before every path. */
size_t paths_new_root(const char *where, char *into);
void paths_set_root(const char *root); /* "": nobody knows; then nothing is named */
bool paths_rooted(void); /* after a chroot */
bool paths_usable(void); /* /proc is there */
bool links_to_unnamed(const struct stamp *stamp);

/* ---- named.c: names that are the kernel's own ---- */
enum name_kind { NAME_OPENED, NAME_EXECUTED };
/* Whether the kernel has given this name to this file before, in any process of the job, and no name has been moved since. */
bool name_is_known(enum name_kind kind, const char *name, size_t length, const struct stamp *stamp);
void name_learn(enum name_kind kind, const char *name, size_t length, const struct stamp *stamp); /* the kernel has just given it */

/* ---- places.c: directories lately opened from ---- */
/* How a file was opened, kept with its descriptor until its path is wanted, which for most files is never. */
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
size_t place_whole(const struct hint *hint, const char **path); /* the absolute path as opened; 0: it was too long, or relative */
void place_learn(const struct hint *hint, const char *path, size_t length);
void places_forget(int dirfd); /* the number is about to stand for another directory */
void places_reset(void);
void place_alias(const struct hint *hint, const struct stamp *file, const char *path, size_t length); /* tells the symlink by which it was opened, if it was */

#endif
