// The C side of the schema: structs whose layout the compiler itself checks.
const cTypes = {
  u8: 'uint8_t',
  u16: 'uint16_t',
  u32: 'uint32_t',
  i32: 'int32_t',
  u64: 'uint64_t',
  bytes: 'uint32_t',
  bytes8: 'char',
}
const snake = (name) => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)
const SNAKE = (name) => snake(name).toUpperCase()
const fieldName = ({ name, type }) =>
  type === 'bytes' ? `${snake(name)}_length` : type === 'bytes8' ? `${snake(name)}[8]` : snake(name)
const member = (field) => `  ${cTypes[field.type]} ${fieldName(field)};`

function struct(name, fields, size, head = []) {
  const checks = fields.map(
    (f) =>
      `_Static_assert(offsetof(struct ${name}, ${fieldName(f).replace('[8]', '')}) == ${f.offset}, "${name}.${f.name}");`,
  )
  const total = size === undefined ? [] : [`_Static_assert(sizeof(struct ${name}) == ${size}, "${name}");`]
  return [`struct ${name} {`, ...head, ...fields.map(member), `};`, ...checks, ...total, ''].join('\n')
}

const constants = (prefix, table) =>
  Object.entries(table)
    .map(([name, value]) => `  ROAR_${prefix}_${SNAKE(name)} = ${value},`)
    .join('\n')

export function cHeader(layout, buildId) {
  const records = layout.records.map((r) =>
    struct(`roar_${snake(r.name)}`, r.fields, r.fixed, ['  struct roar_record record;']),
  )
  return `/* Made by scripts/generate.mjs from src/schema.ts. Do not edit. */
#ifndef ROAR_TRACE_H
#define ROAR_TRACE_H

#include <stddef.h>
#include <stdint.h>

#define ROAR_TRACE_VERSION ${layout.version}
#define ROAR_TRACE_MAGIC "${layout.magic.replace('\0', '')}"
#define ROAR_TRACE_BUILD_ID UINT64_C(0x${buildId.toString(16).padStart(16, '0')})

enum roar_layout {
${constants('LAYOUT', layout.layout)}
};

enum roar_record_type {
${layout.records.map((r) => `  ROAR_RECORD_${SNAKE(r.name)} = ${r.number},`).join('\n')}
};

enum roar_access {
${constants('ACCESS', layout.accessBits)}
};

enum roar_rename_kind {
${constants('RENAME', layout.renameKinds)}
};

enum roar_record_flag {
${constants('FLAG', layout.recordFlags)}
};

${struct('roar_header', layout.header, layout.headerEnd)}
${struct('roar_record', layout.recordHeader, layout.layout.recordHeader)}
${records.join('\n')}
/* Stored last, with release order: tells a whole record from a torn one. Never 0. */
static inline uint16_t roar_check(uint64_t offset, uint32_t size, uint16_t type, uint64_t sequence) {
  uint32_t mix = (uint32_t)(offset >> 3) * 0x9e3779b1u;
  mix = (mix ^ (uint32_t)(offset >> 35) ^ size) * 0x85ebca6bu;
  mix = (mix ^ (mix >> 15) ^ type ^ (uint32_t)sequence) * 0xc2b2ae35u;
  mix = (mix ^ (mix >> 13) ^ (uint32_t)(sequence >> 32)) * 0x27d4eb2fu;
  mix ^= mix >> 16;
  return (uint16_t)((mix & 0xffffu) ? (mix & 0xffffu) : 1u);
}

/* The bit of a file in the read filter behind the header: a writer that is about to destroy bytes looks it up. */
static inline uint32_t roar_filter_bit(uint64_t dev, uint64_t ino) {
  uint64_t mix = (dev ^ (ino * UINT64_C(0x9e3779b97f4a7c15))) * UINT64_C(0xbf58476d1ce4e5b9);
  mix ^= mix >> 31;
  return (uint32_t)(mix % (ROAR_LAYOUT_FILTER * 8u));
}

#endif
`
}
