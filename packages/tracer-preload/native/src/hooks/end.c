/* How a process ends, and with what status: the last code of ours that runs is not told it everywhere. */
#include <err.h>
#include <stdlib.h>
#include <unistd.h>

#include "hook.h"

/* Handlers of the program still run behind this; ours settles after them. */
EXPORT _Noreturn void exit(int status) {
  note_status(status);
  REAL(exit, void (*)(int))(status);
  __builtin_unreachable();
}

#define END(name)                            \
  EXPORT _Noreturn void name(int status) {   \
    end_process(status);                     \
    REAL(name, void (*)(int))(status);       \
    __builtin_unreachable();                 \
  }
END(_exit)
END(_Exit)
END(quick_exit)

/* musl has no on_exit(3), and calls its own exit behind main and in these, where nobody can hook it (glibc: note_return in life.c). */
typedef int main_type(int, char **, char **);
typedef int start_type(main_type *, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
static main_type *main_of_program;

static int main_noted(int argc, char **argv, char **envp) {
  int status = main_of_program(argc, argv, envp);
  note_status(status);
  return status;
}

/* glibc takes seven words, musl six: one more is in nobody's way. */
EXPORT int __libc_start_main(main_type *program, int argc, char **argv, void (*init)(void), void (*fini)(void), void (*of_loader)(void), void *stack_end) {
  main_of_program = program;
  return REAL(__libc_start_main, start_type *)(hears_of_end() ? program : main_noted, argc, argv, init, fini, of_loader, stack_end);
}

#define COMPLAIN(name)                                                          \
  EXPORT _Noreturn void v##name(int status, const char *format, va_list words) { \
    note_status(status);                                                        \
    REAL(v##name, void (*)(int, const char *, va_list))(status, format, words); \
    __builtin_unreachable();                                                    \
  }                                                                             \
  EXPORT _Noreturn void name(int status, const char *format, ...) {             \
    va_list words;                                                              \
    va_start(words, format);                                                    \
    v##name(status, format, words);                                             \
  }
COMPLAIN(err)
COMPLAIN(errx)
