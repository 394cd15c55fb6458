/*
 * A program in mounts of its own (a container, bubblewrap) reaches files by names that mean others outside. The path inside the file system leads to the
 * name by which everybody else knows the file (proc_pid_mountinfo(5)).
 */
#ifndef ROAR_MOUNTS_H
#define ROAR_MOUNTS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

struct mount {
  int id;
  dev_t device;
  char root[4096], point[4096];
};

bool next_mount(FILE *mountinfo, struct mount *mount);
const char *path_below(const char *path, const char *directory); /* the rest of it; NULL: not below */

/* The name here of what lies at `inner` in the device's file system: the first at which `is_there` finds `file`. */
typedef bool there(const char *path, const void *file);
bool mounts_name(dev_t device, const char *inner, there *is_there, const void *file, char *into, size_t room);
#endif
