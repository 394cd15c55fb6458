/*
 * A program's own strict sandbox where a supervisor watches. The kernel has one mode a process, and a supervisor's filter has taken it: strict mode is refused with EINVAL
 * (kernel/seccomp.c, seccomp_may_assign_mode), and a program that goes on regardless would run without its sandbox. A filter of the same effect takes its place: read,
 * write, exit and the return from a signal, nothing else (mode1_syscalls, ibid.). What differs is the signal that ends an offender: SIGSYS instead of SIGKILL.
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#include "hook.h"

#ifdef __x86_64__
#define OWN_ARCH AUDIT_ARCH_X86_64
#else
#define OWN_ARCH AUDIT_ARCH_AARCH64
#endif
#define IS(value, behind) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, behind, 0)

static const struct sock_filter strictly[] = {
  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
  IS(OWN_ARCH, 1),
  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_THREAD),
  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
  IS(SYS_read, 4),
  IS(SYS_write, 3),
  IS(SYS_exit, 2),
  IS(SYS_rt_sigreturn, 1),
  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_THREAD),
  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

/* As the call itself would return. Nothing can be executed behind it, so that nobody notices no-new-privileges. */
long strict_by_filter(void) {
  const struct sock_fprog program = {sizeof strictly / sizeof *strictly, (struct sock_filter *)(uintptr_t)strictly};
  long result = SYS(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
  if (result != -EACCES || SYS(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return result;
  return SYS(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}
