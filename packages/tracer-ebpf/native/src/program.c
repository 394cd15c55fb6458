/* Loads the programs, and keeps the tables by which they know the runs. */
#include "program.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "roar.skel.h"

static struct roar_bpf *skeleton;
static int processors;

static int silent(enum libbpf_print_level level, const char *format, va_list words) {
  (void)level, (void)format, (void)words;
  return 0;
}

/* How many values a trace point hands over, its first, unused one included; -1: there is none of this name. */
static int traced_values(const struct btf *types, const char *trace) {
  char name[64] = "btf_trace_";
  strncat(name, trace, sizeof name - strlen(name) - 1);
  int id = types ? btf__find_by_name_kind(types, name, BTF_KIND_TYPEDEF) : -1;
  const struct btf_type *type = id > 0 ? btf__type_by_id(types, (__u32)id) : NULL;
  while (type && !btf_is_func_proto(type)) type = btf_is_typedef(type) || btf_is_ptr(type) ? btf__type_by_id(types, type->type) : NULL;
  return type ? btf_vlen(type) : -1;
}

/* Kernels before 6.13 do not trace changes of a file's times: then names alone are told, and the follower looks at what stands there. */
static void load_if_traced(struct bpf_program *program, const char *trace, const struct btf *types) {
  bpf_program__set_autoload(program, traced_values(types, trace) > 0);
}

static void choose_optional(void) {
  struct btf *types = btf__load_vmlinux_btf();
  skeleton->rodata->can_cast = types && btf__find_by_name_kind(types, "bpf_rdonly_cast", BTF_KIND_FUNC) > 0;
  skeleton->rodata->changes_are_traced = traced_values(types, "inode_set_ctime_to_ts") > 0;
  load_if_traced(skeleton->progs.on_ctime_set, "inode_set_ctime_to_ts", types);
  load_if_traced(skeleton->progs.on_ctime_exchanged, "ctime_ns_xchg", types);
  load_if_traced(skeleton->progs.on_ctime_kept, "ctime_xchg_skip", types);
  load_if_traced(skeleton->progs.on_ring_asked, "io_uring_submit_req", types);
  int values = traced_values(types, "io_uring_complete");
  bpf_program__set_autoload(skeleton->progs.on_ring_done, values == 4);
  bpf_program__set_autoload(skeleton->progs.on_ring_done_before, values > 4);
  btf__free(types);
}

bool program_kernel_knows(const char *helper) {
  struct btf *types = btf__load_vmlinux_btf();
  int id = types ? btf__find_by_name_kind(types, "bpf_func_id", BTF_KIND_ENUM) : -1;
  const struct btf_type *type = id > 0 ? btf__type_by_id(types, (__u32)id) : NULL;
  bool known = false;
  for (int i = 0; type && i < btf_vlen(type) && !known; i++) known = !strcmp(btf__name_by_offset(types, btf_enum(type)[i].name_off), helper);
  btf__free(types);
  return known;
}

bool program_load(const char **what) {
  libbpf_set_print(silent);
  libbpf_set_strict_mode(LIBBPF_STRICT_ALL);
  processors = libbpf_num_possible_cpus();
  *what = "open";
  skeleton = roar_bpf__open();
  if (!skeleton) return false;
  choose_optional();
  *what = "load";
  if (roar_bpf__load(skeleton)) return false;
  *what = "attach";
  return roar_bpf__attach(skeleton) == 0;
}

int program_new_ring(void) { return bpf_map_create(BPF_MAP_TYPE_RINGBUF, "roar_ring", 0, 0, RING_BYTES, NULL); }

/* Processes that an earlier run of this number left behind must not be taken for this one's. */
static void forget_processes(uint32_t slot) {
  int map = bpf_map__fd(skeleton->maps.tasks);
  uint32_t key, next;
  struct { uint32_t slot, rest[1023]; } who; /* struct tracked of maps.bpf.h begins so */
  bool more = bpf_map_get_next_key(map, NULL, &next) == 0;
  while (more) {
    key = next;
    more = bpf_map_get_next_key(map, &key, &next) == 0;
    if (bpf_map_lookup_elem(map, &key, &who) == 0 && who.slot == slot) bpf_map_delete_elem(map, &key);
  }
}

static void forget_kept(uint32_t slot) {
  int map = bpf_map__fd(skeleton->maps.kept_events);
  struct kept_key key, next;
  bool more = bpf_map_get_next_key(map, NULL, &next) == 0;
  while (more) {
    key = next;
    more = bpf_map_get_next_key(map, &key, &next) == 0;
    if (key.slot == slot) bpf_map_delete_elem(map, &key);
  }
}

bool program_prepare(uint32_t slot, int ring) {
  struct counts *none = calloc((size_t)processors, sizeof *none);
  forget_processes(slot);
  forget_kept(slot);
  bool done = none && bpf_map_update_elem(bpf_map__fd(skeleton->maps.counters), &slot, none, BPF_ANY) == 0 &&
              bpf_map_update_elem(bpf_map__fd(skeleton->maps.rings), &slot, &ring, BPF_ANY) == 0;
  free(none);
  return done;
}

bool program_open_run(uint32_t slot, uint32_t uid, const uint64_t secret[2]) {
  static uint64_t number;
  struct run run = {.secret = {secret[0], secret[1]}, .number = ++number, .open = 1, .uid = uid};
  return bpf_map_update_elem(bpf_map__fd(skeleton->maps.runs), &slot, &run, BPF_ANY) == 0;
}

void program_close_run(uint32_t slot) {
  struct run closed = {0};
  bpf_map_update_elem(bpf_map__fd(skeleton->maps.runs), &slot, &closed, BPF_ANY);
  forget_processes(slot);
}

void program_drop_ring(uint32_t slot) {
  forget_kept(slot);
  bpf_map_delete_elem(bpf_map__fd(skeleton->maps.rings), &slot);
}

bool program_counts(uint32_t slot, struct counts *counts, struct run *run) {
  struct counts *each = calloc((size_t)processors, sizeof *each);
  memset(counts, 0, sizeof *counts);
  bool known = each && bpf_map_lookup_elem(bpf_map__fd(skeleton->maps.counters), &slot, each) == 0 &&
               bpf_map_lookup_elem(bpf_map__fd(skeleton->maps.runs), &slot, run) == 0;
  for (int i = 0; known && i < processors; i++) {
    counts->seen += each[i].seen, counts->sent += each[i].sent, counts->repeated += each[i].repeated;
    counts->kept += each[i].kept, counts->dropped += each[i].dropped;
  }
  free(each);
  return known;
}

size_t program_take_kept(uint32_t slot, uint64_t sequence, char *into, size_t room) {
  int map = bpf_map__fd(skeleton->maps.kept_events);
  struct kept_key key = {.slot = slot, .sequence = sequence};
  char value[KEPT_BYTES];
  if (bpf_map_lookup_elem(map, &key, value) != 0) return 0;
  size_t size = ((const struct event *)value)->size;
  if (size > room || size > sizeof value) return 0;
  bpf_map_delete_elem(map, &key);
  memcpy(into, value, size);
  return size;
}
