/* As much of macOS as the hooks of the library need to run on Linux, by other means: what is tested is theirs, not Apple's. Included before everything else. */
#ifndef ROAR_SHIM_H
#define ROAR_SHIM_H
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define __APPLE__ 1
#define st_mtimespec st_mtim
#define st_ctimespec st_ctim
#define st_birthtimespec st_ctim
#define O_EVTONLY O_PATH
#define O_SYMLINK O_NOFOLLOW
#define RENAME_SWAP RENAME_EXCHANGE
#define F_GETPATH 9000

int shim_fcntl(int fd, int command, ...);
#define fcntl shim_fcntl
struct sf_hdtr;
int shim_sendfile(int fd, int socket, off_t at, off_t *length, struct sf_hdtr *around, int flags);
#define sendfile shim_sendfile
int renamex_np(const char *from, const char *to, unsigned flags);
int renameatx_np(int a, const char *from, int b, const char *to, unsigned flags);

extern uint32_t pid; /* 0: not observing yet */

/* In place of dyld's table: the program calls the hooks by name. */
#define ROAR_INTERPOSE_H
#include "darwin.h"
#define INTERPOSE(ours, theirs) void *const hook_of_##ours = (void *)ours
#endif
