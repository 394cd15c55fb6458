/*
 * Libraries that are loaded while the program runs, and functions that it asks for by name. Whoever asks is known by the place that the call returns to: its run path is
 * searched (libc-50), its namespace is looked through, and "the next" is the next behind it. So the real one is jumped to, and returns there.
 */
#include <dlfcn.h>

#include "hook.h"

static __attribute__((noinline)) void library_wanted(const char *path) {
  int before = errno_now;
  if (live()) image_object_wanted(path);
  errno_now = before;
}

EXPORT void *dlopen(const char *path, int flags) {
  if (path && !(flags & RTLD_NOLOAD)) library_wanted(path);
  void *(*real)(const char *, int) = REAL(dlopen, void *(*)(const char *, int));
  if (unlikely(!real)) real = (void *(*)(const char *, int))resolve_late(REAL_dlopen);
  return real(path, flags);
}

/* A namespace of its own has a libc of its own, and in front of that one is nobody of ours. */
static __attribute__((noinline)) void namespace_wanted(void) {
  int before = errno_now;
  if (live() && supervised) supervised_mixed();
  else if (live()) fact_gap("direct-syscall", injection.program);
  errno_now = before;
}

EXPORT void *dlmopen(Lmid_t where, const char *path, int flags) {
  if (path && !(flags & RTLD_NOLOAD)) library_wanted(path);
  if (where != LM_ID_BASE) namespace_wanted();
  void *(*real)(Lmid_t, const char *, int) = REAL(dlmopen, void *(*)(Lmid_t, const char *, int));
  if (unlikely(!real)) real = (void *(*)(Lmid_t, const char *, int))resolve_late(REAL_dlmopen);
  return real ? real(where, path, flags) : NULL;
}

EXPORT int dlclose(void *handle) {
  if (live()) image_objects();
  int (*real)(void *) = REAL(dlclose, int (*)(void *));
  if (unlikely(!real)) real = (int (*)(void *))resolve_late(REAL_dlclose);
  return real(handle);
}

/*
 * Asked of libc itself, as languages do for foreign functions, it would be libc's own, and nobody would see the calls. It is ours where ours calls that very one: then no
 * wrapper of somebody else's stands between, who would be passed by, or called by itself.
 */
static void *hooked(const char *name, void *found) { return found && live() ? resolve_hook(name, found) : found; }

/* These look behind the caller; what they find in front of libc is ours anyway. */
static bool looks_from_caller(const void *handle) { return handle == RTLD_DEFAULT || handle == RTLD_NEXT; }

EXPORT void *dlsym(void *restrict handle, const char *restrict name) {
  void *(*real)(void *, const char *) = (void *(*)(void *, const char *))resolve_early(REAL_dlsym);
  if (unlikely(!real)) real = (void *(*)(void *, const char *))resolve_late(REAL_dlsym);
  if (unlikely(!real)) return NULL;
  if (looks_from_caller(handle)) return real(handle, name);
  return hooked(name, real(handle, name));
}

EXPORT void *dlvsym(void *restrict handle, const char *restrict name, const char *restrict version) {
  void *(*real)(void *, const char *, const char *) = (void *(*)(void *, const char *, const char *))resolve_early(REAL_dlvsym);
  if (unlikely(!real)) real = (void *(*)(void *, const char *, const char *))resolve_late(REAL_dlvsym);
  if (unlikely(!real)) return NULL;
  if (looks_from_caller(handle)) return real(handle, name, version);
  return hooked(name, real(handle, name, version));
}
