// Draws the database: docs/schema.md from the tables that the migrations make. `--check` says whether it is fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { build } from 'esbuild'

const here = dirname(dirname(fileURLToPath(import.meta.url)))
const target = join(here, '../../docs/schema.md')

async function migrations() {
  const entry = join(here, 'src/schema/migrate.ts')
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['roar-source'],
  })
  return (await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)).migrations
}

/** What a table is for; a table without a line here is a fault. */
const purposes = {
  sessions: 'A line of work. One is current; `roar reset` begins another.',
  steps: 'What is done again and again: a command in a directory, or a name. Runs and builds are numbered apart.',
  jobs: 'One execution of a step, from the write-ahead row `running` to its end, with the state of git and how it was observed.',
  registrations: 'A publication to a registry: how far it came, so that it can go on after a cut, and what it became.',
  annotations: 'Notes and marks on a session, a job or an artifact: every change, oldest first.',
  environments: 'A machine and its settings; jobs share one as long as nothing changes.',
  environment_variables: 'Recorded variables, secrets redacted.',
  environment_facts:
    'What is known of the machine by dotted name: `cpu.model`, `container.id`; docs/environment.md lists them.',
  environment_commitments: 'Of each variable that is not recorded a keyed digest: equal values have equal ones.',
  job_package_changes: 'Files of a used package that differ from what its distribution recorded.',
  job_lock_files: 'Lock and environment files in force, by their digests.',
  job_interpreters: 'Interpreters among the programs of a job, by their digests.',
  paths: 'Every path once. `escaped` is 1 where the bytes are no UTF-8 and stand as `\\xNN`.',
  filtered_sets: 'A list of files that were left out; the same program leaves out the same files at each run.',
  filtered_paths: 'Its members, by category.',
  job_tags: '`--tag K=V`.',
  job_dirty_files: 'What differed from the commit, with git’s status.',
  job_submodules: 'Submodules and their commits.',
  job_gaps: 'What could not be seen; codes are those of docs/gaps.',
  job_processes: 'The process tree.',
  job_notes: 'Remarks of the recorder.',
  job_survivors: 'Processes that lived on when the command had ended.',
  job_deleted: 'Names from before the job that were gone behind it.',
  packages: 'Packages of a language that jobs used.',
  job_packages: 'Which job used which.',
  job_filtered: 'How many files were left out, by category.',
  page_members: 'By the first four bytes of a member’s BLAKE3 digest, the pages that have it.',
  artifacts: 'One content. Rows that turn out to share a digest become one.',
  digests:
    'Digests of a content, by algorithm; a prefix is found through the index. `claim`: verified, asserted by a source, or derived from other digests.',
  artifact_locations: 'Objects of stores that hold a content, as a job saw them.',
  edges: 'A job read or left behind a content at a path. `producer_job_id`: the job that made an input.',
  receipts: 'A reproduction: who made something again, where, and how well it went.',
  receipt_outputs: 'Its outputs, each with a verdict and the first difference.',
  receipt_digests: 'What each output should have been, and what it was.',
  receipt_substitutions: 'What was not as recorded: another version, another interpreter.',
  edge_bases:
    'What an output was built on without being read, and what an input without a digest was: the name at which it stood. `producer_job_id`: the job that made it.',
  edge_names: 'Further names of the same content.',
  manifest_pages:
    'Members of composites, some hundreds in a row: paths, types, sizes and digests. Versions that share them share the page.',
  artifact_pages: 'The pages of a composite, in order.',
  edge_composites: 'Was the composite whole, and which part of it did the job read or change.',
  edge_pages: 'The members of that part, as pages.',
  edge_processes: 'Which processes of the job touched it.',
}

const list = (database, pragma) => database.pragma(pragma)

/** A key of several columns is one reference. */
function references(database, table) {
  const keys = new Map()
  for (const key of list(database, `foreign_key_list(${table})`)) {
    const known = [...keys.keys()].find((one) => one.id === key.id)
    if (known) keys.get(known).push(key.from)
    else keys.set(key, [key.from])
  }
  return keys
}

function picture(database, tables) {
  const lines = ['```mermaid', 'erDiagram']
  for (const table of tables)
    for (const [{ table: target }, columns] of references(database, table))
      lines.push(`  ${target} ||--o{ ${table} : "${columns.join(', ')}"`)
  return [...lines, '```'].join('\n')
}

function section(database, table) {
  const keys = new Map(list(database, `foreign_key_list(${table})`).map((key) => [key.from, key.table]))
  const rows = list(database, `table_info(${table})`).map((column) => {
    const notes = [
      column.pk ? 'key' : '',
      column.notnull || column.pk ? '' : 'may be empty',
      keys.has(column.name) ? `→ ${keys.get(column.name)}` : '',
    ]
    return `| ${column.name} | ${column.type} | ${notes.filter(Boolean).join(', ')} |`
  })
  const indexes = list(database, `index_list(${table})`)
    .filter((index) => index.origin !== 'pk')
    .map(
      (index) =>
        `(${list(database, `index_info(${index.name})`)
          .map((one) => one.name)
          .join(', ')})${index.unique ? ' unique' : ''}`,
    )
  const found = indexes.length ? `\nIndexes: ${indexes.sort().join(' · ')}.\n` : ''
  return `## ${table}\n\n${purposes[table]}\n\n| column | type | |\n|---|---|---|\n${rows.join('\n')}\n${found}`
}

async function page() {
  const database = new Database(':memory:')
  const all = await migrations()
  // Of no page, for there are none.
  database.function('member_keys', (_data) => '[]')
  for (const statements of all) for (const statement of statements) database.exec(statement)
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").pluck().all()
  const unknown = tables.filter((table) => !(table in purposes))
  if (unknown.length > 0) throw new Error(`schema-doc.mjs does not say what these are for: ${unknown.join(', ')}`)
  const head = `# The database\n\n\`.roar/roar.db\`, SQLite, schema version ${all.length}. Made by packages/store-sql/scripts/schema-doc.mjs from the migrations: do not edit.\nTimes are milliseconds since 1970 (UTC), sizes bytes, digests lower-case hex, flags 0 or 1.\n`
  return `${[head, picture(database, tables), ...tables.map((table) => section(database, table))].join('\n\n').replaceAll(/\n{3,}/g, '\n\n')}\n`
}

const text = await page()
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('docs/schema.md is not fresh: node packages/store-sql/scripts/schema-doc.mjs')
    process.exitCode = 1
  }
} else writeFileSync(target, text)
