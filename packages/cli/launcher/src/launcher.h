/*
 * The launcher stands between the user's shell and everything else: it starts the recorder (Node), and the command when the recorder asks for it.
 * Node changes what a child would inherit (signal dispositions and mask, RLIMIT_NOFILE, closed descriptors 0 to 2); a child of this process
 * inherits exactly what the shell gave.
 */
#ifndef ROAR_LAUNCHER_H
#define ROAR_LAUNCHER_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* ---- inherited.c: the state that the shell gave, kept for the children ---- */
void inherited_keep(void);
bool inherited_ignored(int number);
void inherited_restore(void); /* in a child */

/* ---- descriptors.c: ours are high and close on exec: the low numbers belong to the program, open or closed ---- */
bool pair_open(int pair[2]);
bool pipe_open(int pair[2]);
int raise_fd(int fd);

/* ---- control.c: the recorder's orders and what it is told ---- */
struct order {
  char *bytes; /* owner of all strings */
  char *cwd;
  char **argv;
  char **changes; /* "+NAME=VALUE", "-NAME" */
};
bool order_read(int control, struct order *order); /* false: the recorder is gone */
bool order_is_farewell(const struct order *order); /* an empty order: everything is recorded */
void order_free(struct order *order);
void tell(int control, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- command.c ---- */
pid_t command_start(const struct order *order, int *error); /* -1: `error` is an errno */

/* ---- recorder.c ---- */
pid_t recorder_start(char *const argv[], int control);

/* ---- sentinel.c: was a signal sent to the whole process group, or to us alone? ---- */
void sentinel_start(const sigset_t *signals);
bool sentinel_saw(int number);
void sentinel_stop(void);

/* ---- terminal.c ---- */
void terminal_save(void);    /* as the command left it */
void terminal_restore(void); /* Node puts back, at its end, what it found at its start */

/* ---- supervise.c ---- */
int supervise(int control, int signals, pid_t recorder);

#endif
