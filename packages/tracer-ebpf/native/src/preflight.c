/* `roard --check`: one line a check, `name ok|lacks detail`. Tried where trying is the only truth, asked where a reason is wanted. */
#include "preflight.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "program.h"

static bool say(const char *name, bool ok, const char *detail) {
  printf("%s %s %s\n", name, ok ? "ok" : "lacks", detail);
  return ok;
}

/* They came with Linux 5.17, and were carried back to some older ones: the type data tells, not the version. */
static bool kernel(void) {
  struct utsname name;
  uname(&name);
  return say("kernel", program_kernel_knows("BPF_FUNC_loop") && program_kernel_knows("BPF_FUNC_find_vma"), name.release);
}

static bool types(void) {
  bool there = access("/sys/kernel/btf/vmlinux", R_OK) == 0;
  return say("btf", there, there ? "/sys/kernel/btf/vmlinux" : strerror(errno));
}

/* CAP_BPF and CAP_PERFMON (Linux 5.8), or CAP_SYS_ADMIN, which had their rights before. */
static bool capabilities(void) {
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2] = {{0}};
  syscall(SYS_capget, &head, data);
  uint64_t effective = data[0].effective | (uint64_t)data[1].effective << 32;
  bool admin = effective >> CAP_SYS_ADMIN & 1, bpf = effective >> CAP_BPF & 1, perfmon = effective >> CAP_PERFMON & 1;
  if (admin || (bpf && perfmon)) return say("capability", true, admin ? "CAP_SYS_ADMIN" : "CAP_BPF and CAP_PERFMON");
  return say("capability", false, bpf ? "CAP_PERFMON" : perfmon ? "CAP_BPF" : "CAP_BPF and CAP_PERFMON");
}

/* In the mode "confidentiality" nobody may read the kernel's memory (kernel_lockdown(7)). */
static bool lockdown(void) {
  char text[128] = "";
  FILE *file = fopen("/sys/kernel/security/lockdown", "re");
  if (file && !fgets(text, sizeof text, file)) *text = 0;
  if (file) fclose(file);
  bool strict = strstr(text, "[confidentiality]") != NULL;
  return say("lockdown", !strict, strict ? "confidentiality" : "none that forbids it");
}

/* A seccomp filter of a container or a user namespace shows only in a trial. */
static bool trial(void) {
  const char *what = "";
  char detail[160];
  bool loaded = program_load(&what);
  snprintf(detail, sizeof detail, loaded ? "loaded and attached" : "cannot %s: %s", what, strerror(errno));
  return say("programs", loaded, detail);
}

int preflight(void) {
  bool all = types() & kernel() & capabilities() & lockdown();
  return all && trial() ? 0 : 1;
}
