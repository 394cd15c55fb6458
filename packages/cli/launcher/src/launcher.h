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
#include <sys/signalfd.h>
#include <sys/types.h>

/* ---- inherited.c: the state that the shell gave, kept for the children ---- */
void inherited_keep(void);
bool inherited_ignored(int number);
void inherited_restore(void);       /* in a child */
void inherited_restore_death(void); /* in the command only */

/* ---- environment.c: the environment that the shell gave, behind the back of the shell that runs bin/roar ---- */
int environment_say(const char *pid); /* as words of sh */
void environment_take(void);

/* ---- descriptors.c: ours are high and close on exec: the low numbers belong to the program, open or closed ---- */
bool pair_open(int pair[2]);
bool pipe_open(int pair[2]);
int raise_fd(int fd);
void close_between(int first, int last); /* both included; last may be INT_MAX */
void close_all_but(const int *kept, int count); /* from 3 on */
void let_go(int one, int two);           /* of all that the user gave but standard error; ours stay */
void to_null(int fd);

/* ---- control.c: the recorder's orders and what it is told ---- */
struct order {
  char *bytes; /* owner of the strings that are not our own words */
  char *cwd;   /* empty: where we are; NULL: a farewell */
  char **argv;
  char **changes; /* "+NAME=VALUE", "-NAME", and "=PATH" of the end's mark */
};
bool order_read(int control, char *const *own, int own_count, struct order *order); /* false: the recorder is gone */
bool order_is_farewell(const struct order *order); /* an empty order: everything is recorded and said */
bool order_is_notice(const struct order *order);   /* of one word: the record is made */
void order_free(struct order *order);
void tell(int control, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- command.c ---- */
char *command_end_mark(const struct order *order); /* a copy; NULL: the order has none */
pid_t command_start(const struct order *order, int control, int *error); /* -1: `error` is an errno */

/* ---- question.c: what git says of the work tree, asked beside Node's start ---- */
#define QUESTION_NO_GIT 127
struct question {
  int output, errors; /* -1: nothing is asked */
};
void question_prepare(struct question *it);
bool question_can_be_asked(const struct question *it);
pid_t question_ask(struct question *it); /* 0: it was not */

/* ---- recorder.c ---- */
bool recorder_is_plain(char *const argv[]); /* a run without an option of ours */
pid_t recorder_start(char *const argv[], int control, const struct question *question);

/* ---- limits.c ---- */
void raise_limits(void); /* in a child that is not the command */
void raise_hindering_limits(void);
/* `words`: behind `roar`. */
bool limits_suffice(char *node, char *const *words); /* false: they do not for Node, and it has been said */
bool limits_refuse_processes(char *const *words); /* false; says that there may be no more of them */

/* ---- refusal.c ---- */
struct refusal {
  const char *code, *message, *cause, *remedy; /* of letters that need no quotation in JSON */
};
bool words_record(char *const *words); /* `run` and `build` */
bool words_ask_for_json(char *const *words);
void refusal_print(const struct refusal *it, bool json);

/* ---- sentinel.c: was a signal sent to the whole process group, or to us alone? Does a stopped command run again? ---- */
void sentinel_start(const sigset_t *signals);
bool sentinel_saw(int number);
bool sentinel_sent(const struct signalfd_siginfo *info);
void sentinel_watch(pid_t stopped); /* 0: no longer */
void sentinel_stop(void);

/* ---- terminal.c ---- */
void terminal_save(void);      /* as the command left it */
void terminal_restore(void);   /* Node puts back, at its end, what it found at its start */
bool terminal_let_write(void); /* false: nobody of our job may write to it now */

/* ---- supervise.c: the children; signals.c: what is sent to us; stop.c: what both do about it ---- */
struct job {
  char *const *argv; /* ours */
  int argc;
  int control, signals;
  pid_t recorder, command, git; /* 0: not running */
  bool started;            /* the command was */
  bool recorded;           /* what the command did */
  bool done;               /* the recorder has nothing more to say or to do */
  int command_status, recorder_status;
  char *end_mark; /* made where the recorder did not live to see the end: its time says which changes are the job's. NULL: nobody asked */
  int asked; /* how often somebody asked for an end while no command ran */
};
int supervise(struct job *job);
void stop_like(struct job *job, int number);
void pass_on(struct job *job, const struct signalfd_siginfo *info);

#endif
