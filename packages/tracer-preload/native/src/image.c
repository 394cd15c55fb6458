/* A new program image introduces itself: who, where, from which files. */
#include <elf.h>
#include <fcntl.h>
#include <link.h>

#include "roar.h"

extern char **environ;

/* A word of the auxiliary vector; 0 where it has none. */
static unsigned long aux_word(unsigned long type) {
  char **end = environ;
  while (end && *end) end++;
  if (!end) return 0;
  /* Behind the environment on the first stack lies the auxiliary vector; environ still points there this early. */
  end++;
  /* Each of our words that was taken out left one more NULL at the end. */
  for (int taken = 0; taken < 3 && !*end; taken++) end++;
  const ElfW(auxv_t) *aux = (const void *)end;
  for (int i = 0; i < 64 && aux[i].a_type != AT_NULL; i++)
    if (aux[i].a_type == type) return aux[i].a_un.a_val;
  return 0;
}

static size_t read_whole(const char *path, char *into, size_t size) {
  long fd = SYS(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return 0;
  size_t used = 0;
  for (long got; used < size && (got = own_read((int)fd, into + used, size - used)) > 0;) used += (size_t)got;
  SYS(SYS_close, fd);
  return used;
}

static size_t own_executable(char *into) {
  long length = SYS(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", into, PATH_BYTES - 1);
  if (length <= 0) return 0;
  into[length] = 0;
  return (size_t)length;
}

/*
 * The program's words as the kernel laid them out (fs/exec.c): argc, argv and environ one behind another above us on the first stack, the words in one
 * piece. 0 where anything of that does not hold. Opening a file of /proc/self costs a short program more than all else that we do.
 */
static size_t words_on_stack(const char **words) {
  char **frame = __builtin_frame_address(0), **end = environ - 1;
  const uintptr_t most = 1 << 20;
  if (!environ || end <= frame || (uintptr_t)end - (uintptr_t)frame > most || *end) return 0;
  char **first = end;
  for (uintptr_t count = 0; (uintptr_t)first[-1] != count; count++, first--)
    if (first - 1 <= frame) return 0;
  if (first == end) return 0;
  *words = *first;
  for (char **one = first; one + 1 < end; one++)
    if (one[1] != *one + text_length(*one) + 1) return 0;
  return (size_t)(end[-1] + text_length(end[-1]) + 1 - *first);
}

/* `ld.so PROGRAM` takes its own words away from the front; the kernel still has them. */
static size_t own_words(const char **words, char *room) {
  size_t length = aux_word(AT_BASE) ? words_on_stack(words) : 0;
  if (length) return length < PATH_BYTES ? length : PATH_BYTES;
  *words = room;
  return read_whole("/proc/self/cmdline", room, PATH_BYTES);
}

/*
 * The file of this name is the one that was started: its inode has not changed since before the job (a rename onto the name would have), and this name of it has
 * been the kernel's for a program before.
 */
static size_t known_executable(const char *name, const struct stamp *named, char *into) {
  size_t length = text_length(name);
  if (length >= PATH_BYTES || named->ctime_ns >= log_born || !name_is_known(NAME_EXECUTED, name, length, named)) return 0;
  copy_bytes(into, name, length + 1);
  return length;
}

static void announce_exec(const struct stamp *stamp, const char *executable, size_t executable_length) {
  struct scratch *words = scratch_take(), *cwd = scratch_take();
  if (words && cwd) {
    const char *argv;
    size_t argv_length = own_words(&argv, words->text);
    long cwd_length = SYS(SYS_getcwd, cwd->text, PATH_BYTES - 1);
    if (cwd_length < 1) cwd_length = 1;
    struct roar_exec *record = record_begin(ROAR_RECORD_EXEC, sizeof *record + executable_length + (size_t)cwd_length - 1 + argv_length);
    if (record) {
      record->record.flags = argv_length == PATH_BYTES ? ROAR_FLAG_TRUNCATED : 0;
      record->parent = (uint32_t)SYS(SYS_getppid, 0);
      STAMP_RECORD(record, stamp);
      record->executable_length = (uint32_t)executable_length;
      record->interpreter_length = 0;
      record->cwd_length = (uint32_t)cwd_length - 1;
      record->argv_length = (uint32_t)argv_length;
      char *at = (char *)(record + 1);
      copy_bytes(at, executable, executable_length);
      copy_bytes(at + executable_length, cwd->text, (size_t)cwd_length - 1);
      copy_bytes(at + executable_length + cwd_length - 1, argv, argv_length);
      record_end(record);
    }
  }
  scratch_give(words);
  scratch_give(cwd);
}

/* A script and, where its interpreter is a script again, those too: the kernel read them before any code of ours ran. */
static void announce_script(const char *path, int depth) {
  long fd = SYS(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  const long most = 256;
  char head[260];
  struct stamp stamp;
  if (fd < 0) return;
  heard_read(0);
  long got = SYS(SYS_pread64, fd, head, most, 0);
  bool script = got > 2 && head[0] == '#' && head[1] == '!' && stamp_fd((int)fd, &stamp);
  if (script) fact_file(ROAR_RECORD_FILE, (int)fd, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED);
  SYS(SYS_close, fd);
  if (!script || depth >= 4) return;
  long at = 2, start;
  while (at < got && (head[at] == ' ' || head[at] == '\t')) at++;
  for (start = at; at < got && head[at] != '\n' && head[at] != ' ' && head[at] != '\t';) at++;
  /* The line may end with the file. */
  if ((at < got || got < most) && at > start) {
    head[at] = 0;
    announce_script(head + start, depth + 1);
  }
}

void image_script(const char *path) { announce_script(path, 0); }

static bool is_system(const char *path) {
  return starts_with(path, "/lib/") || starts_with(path, "/lib64/") || starts_with(path, "/usr/lib/") || starts_with(path, "/usr/lib64/");
}

static uint64_t hexadecimal(const char *text) {
  uint64_t n = 0;
  for (;; text++) {
    if (*text >= '0' && *text <= '9') n = n * 16 + (uint64_t)(*text - '0');
    else if (*text >= 'a' && *text <= 'f') n = n * 16 + (uint64_t)(*text - 'a' + 10);
    else return n;
  }
}

/* The path in a line of /proc/self/maps that begins at `start`; its own end is the line's. */
static bool path_in_line(char *line, uint64_t start, char **path) {
  if (hexadecimal(line) != start) return false;
  for (*path = line; **path && **path != '/'; ++*path) {}
  return **path == '/';
}

/* What was loaded by a relative name may have another directory to be relative to by now: the kernel knows the path. */
static bool mapped_path(uint64_t start, char *into) {
  char *line = into;
  bool found = false;
  size_t used = 0;
  long fd = SYS(SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return false;
  for (long got; !found && (got = own_read((int)fd, into + used, PATH_BYTES - 1 - used)) > 0;) {
    used += (size_t)got;
    line = into;
    for (char *at = into; at < into + used && !found; at++) {
      if (*at != '\n') continue;
      char *path;
      *at = 0;
      if ((found = path_in_line(line, start, &path))) copy_bytes(into, path, text_length(path) + 1);
      line = at + 1;
    }
    if (found) break;
    used = (size_t)(into + used - line);
    for (size_t i = 0; i < used; i++) into[i] = line[i];
  }
  SYS(SYS_close, fd);
  return found;
}

static uint64_t first_page(const struct dl_phdr_info *info) {
  for (int i = 0; i < info->dlpi_phnum; i++)
    if (info->dlpi_phdr[i].p_type == PT_LOAD) return (info->dlpi_addr + info->dlpi_phdr[i].p_vaddr) & ~4095ull;
  return 0;
}

static bool is_installed(const char *path) {
  return starts_with(path, "/usr/") || starts_with(path, "/bin/") || starts_with(path, "/sbin/") || starts_with(path, "/lib");
}

#define CALLS_KERNEL (0x64697265ull << 32)

/*
 * Each object is searched once in a job: a bit beside the file's own in the filter remembers. Of what a distribution has installed only the notes are
 * looked at: Debian has data tools in Go that are linked with libc (miller).
 */
static void announce_direct_calls(const struct dl_phdr_info *info, const char *path, const struct stamp *stamp, bool is_program) {
  bool is_go = object_is_go(info);
  if (!is_go && is_installed(path)) return;
  if (filter_add(stamp->dev, ~stamp->ino) && (is_go || object_calls_kernel(info, is_program))) {
    filter_add(stamp->dev, ~stamp->ino ^ CALLS_KERNEL);
    if (!supervised) fact_gap("direct-syscall", path);
  }
  if (supervised && filter_has(stamp->dev, ~stamp->ino ^ CALLS_KERNEL)) supervised_mixed();
}

static void announce_library(const struct dl_phdr_info *info, const char *name) {
  struct stamp stamp;
  if (!stamp_path(AT_FDCWD, name, 0, &stamp)) return;
  /* The system's own libraries are told once in a job, by whoever meets them first: the filter remembers. */
  if (is_system(name) && filter_has(stamp.dev, stamp.ino)) return;
  long fd = SYS(SYS_openat, AT_FDCWD, name, O_PATH | O_CLOEXEC, 0);
  if (fd < 0) return;
  fact_file(ROAR_RECORD_FILE, (int)fd, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED);
  SYS(SYS_close, fd);
  announce_direct_calls(info, name, &stamp, false);
}

HOT static bool told_program;

/* `ld.so PROGRAM`: the kernel knows the loader as what was executed, and only the mapping tells which program it is. */
HOT static bool by_loader, told_loaded;

static int announce_loaded(const struct dl_phdr_info *info) {
  struct scratch *scratch = scratch_take();
  told_loaded = true;
  if (scratch && mapped_path(first_page(info), scratch->text)) announce_library(info, scratch->text);
  scratch_give(scratch);
  return 0;
}

static int announce_object(struct dl_phdr_info *info, size_t size, void *unused) {
  const char *name = info->dlpi_name;
  (void)size, (void)unused;
  struct stamp program;
  /* The first is the program, nameless or (musl) by the name it was executed by; a later nameless one is the kernel's own object. */
  if (!told_program) {
    told_program = true;
    if ((!is_installed(injection.program) || object_is_go(info)) && stamp_path(AT_FDCWD, "/proc/self/exe", 0, &program))
      announce_direct_calls(info, injection.program, &program, true);
  }
  /* The program itself and the kernel's own object have no path. */
  if (!*(name ? name : "") && by_loader && !told_loaded) return announce_loaded(info);
  bool has_path = false;
  for (const char *c = name ? name : ""; *c; c++) has_path |= *c == '/';
  if (!has_path || same_text(name, injection.library)) return 0;
  if (*name == '/') {
    announce_library(info, name);
    return 0;
  }
  struct scratch *scratch = scratch_take();
  if (scratch && mapped_path(first_page(info), scratch->text)) announce_library(info, scratch->text);
  scratch_give(scratch);
  return 0;
}

/*
 * How many were ever loaded: their number alone stays the same where one has gone and another has come. The first answers for all. musl counts from the start
 * of the program, so that it has loaded none where nothing called dlopen: one more says that we have looked.
 */
static int count_loads(struct dl_phdr_info *info, size_t size, void *count) {
  (void)size;
  *(unsigned long long *)count = info->dlpi_adds + 1;
  return 1;
}

/* The loader opened them before we were there, or behind dlopen. */
void image_objects(void) {
  HOT static unsigned long long told;
  unsigned long long count = 0;
  dl_iterate_phdr(count_loads, &count);
  if (count == told) return;
  told = count;
  dl_iterate_phdr(announce_object, NULL);
}

/*
 * Asked for by its path: told before it is loaded, since who is killed makes no last call, and what cannot be loaded has been read by then. The system's own are
 * told once in a job, behind a search for calls past libc: they wait for it.
 */
void image_object_wanted(const char *path) {
  bool has_path = false;
  struct stamp stamp;
  for (const char *c = path; *c; c++) has_path |= *c == '/';
  if (!has_path || is_system(path) || !stamp_path(AT_FDCWD, path, 0, &stamp) || !is_regular(&stamp)) return;
  long fd = SYS(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return;
  fact_file(ROAR_RECORD_FILE, (int)fd, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED);
  SYS(SYS_close, fd);
}

static void note_standard_descriptors(void) {
  for (int fd = 0; fd <= 2; fd++) {
    struct descriptor *one = descriptor_learn(fd, 0);
    if (!one || one->bits & FD_BORING) continue;
    one->bits |= FD_START;
    one->position = SYS(SYS_lseek, fd, 0, 1);
  }
}

void image_announce(void) {
  struct scratch *scratch = scratch_take();
  struct stamp stamp, named;
  if (!scratch) return;
  zero_bytes(&stamp, sizeof stamp);
  const char *name = (const char *)aux_word(AT_EXECFN);
  /* Asked for by its name before the kernel says that the name is still its own (no " (deleted)"), it is known without opening a file of /proc/self. */
  bool is_named = name && stamp_path(AT_FDCWD, name, 0, &named);
  size_t length = is_named ? known_executable(name, &named, scratch->text) : 0;
  if (!length) length = own_executable(scratch->text);
  if (is_named && length && same_text(name, scratch->text)) {
    stamp = named;
    name_learn(NAME_EXECUTED, name, length, &stamp);
  } else {
    stamp_path(AT_FDCWD, "/proc/self/exe", 0, &stamp);
  }
  injection.program = injection_keep(scratch->text);
  if (!announced_outside) announce_exec(&stamp, scratch->text, length);
  if (length && !announced_outside) fact_file_at(ROAR_RECORD_FILE, scratch->text, length, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED | (stamp.links ? 0 : ROAR_ACCESS_UNNAMED), 0);
  scratch_give(scratch);
  if (is_named && !announced_outside && !same_file(&named, &stamp)) image_script(name);
  /* Where the program itself is a loader, none was mapped for it. */
  by_loader = name && !aux_word(AT_BASE);
  image_objects();
  note_standard_descriptors();
}
