/** The plan as a shell script that a person can read, change and run. */
import { join } from 'node:path'
import { display, redactionsIn, stepName } from '@roar/core'
import { outerIn } from '../places.ts'
import { type Carried, carriedIn } from '../recipe/carried.ts'
import { isOfTheMachine } from '../recipe/machine-variables.ts'
import type { Recipe, RecipeStep, StreamFile, Streams, Turned } from '../recipe/recipe.ts'
import { outputDirectories } from './output-directories.ts'
import type { Plan, PlannedInput } from './plan.ts'
import { bringLine, keepLines } from './script-carried.ts'
import { environmentLines, projectLines } from './script-environments.ts'
import { helpersOf, provable } from './script-helpers.ts'
import { linkLines, movedWord } from './script-links.ts'
import { isSet, oneLine, pathWord, word } from './shell-text.ts'

export function scriptOf(plan: Plan): string {
  const { recipe } = plan
  const carried = carriedIn(recipe.steps)
  return [
    '#!/bin/sh',
    `# Makes ${oneLine(recipe.of)} again. Written by roar reproduce --script; change it as you like.`,
    ...plan.problems.map((problem) => `# Beware: ${oneLine(problem.message)} ${oneLine(problem.cause)}`),
    'set -eu',
    '[ $# = 1 ] || { echo "usage: sh $0 DIRECTORY" >&2; exit 2; }',
    'mkdir -p "$1"',
    'cd "$1"',
    ...(carried.length > 0 ? ['carried=$(pwd)/carried'] : []),
    ...helpersOf(plan),
    ...cloneLines(plan),
    ...(recipe.turned?.length ? ['workspace=$(pwd)'] : []),
    ...plan.environments.flatMap(environmentLines),
    ...recipe.steps.flatMap((step, index) => stepLines(plan, step, recipe.steps[index - 1], carried)),
    '',
    '# What should have come out:',
    ...recipe.targets.map((target) => `ls -l -- ${pathWord(target.path)}`),
    '',
  ].join('\n')
}

function cloneLines({ source, recipe }: Plan): readonly string[] {
  const [repository] = source?.repositories ?? []
  const outer = outerIn(recipe.nest)
  if (repository === undefined) return [`mkdir -p ${outer}`, `cd ${outer}`]
  const clone = ['', `git clone --no-checkout -- ${word(repository)} ${word(join(outer, recipe.clone))}`]
  if (!recipe.prefix) return [...clone, `cd ${outer}`]
  // There before anything is checked out.
  const at = word(`${outer}/${recipe.prefix}`)
  return [...clone, `mkdir -p ${at}`, `cd ${at}`]
}

function stepLines(
  plan: Plan,
  step: RecipeStep,
  before: RecipeStep | undefined,
  carried: readonly Carried[],
): readonly string[] {
  const commit = step.source?.commit ?? null
  const name = stepName(step.step)
  const node = plan.environments.some((one) => one.kind === 'node' && one.steps.includes(name))
  const inputs = plan.inputs.filter((one) => one.state === 'found' && one.users.includes(step.uid))
  return [
    '',
    `# ${name}`,
    ...(commit !== null && commit !== before?.source?.commit ? checkoutLines(commit, plan.recipe) : []),
    ...(before === undefined ? plan.environments.flatMap(projectLines) : []),
    ...(node ? ['install_node'] : []),
    ...linkLines(step),
    ...inputs.flatMap((one) => [fetchLine(one), ...proofLine(one)]),
    ...plan.inputs.flatMap((one) => (one.state === 'member' && one.users.includes(step.uid) ? memberLines(one) : [])),
    ...carried.flatMap((one, index) => (one.before === step.uid ? [bringLine(one, index)] : [])),
    ...commandLines(step, plan.recipe.turned),
    ...carried.flatMap((one, index) => (one.after === step.uid ? keepLines(one, index) : [])),
  ]
}

/** Where there are no submodules the second line does nothing; one that is not to be had may not be needed. */
function checkoutLines(commit: string, { clone }: Recipe): readonly string[] {
  const git = clone === '' ? 'git' : `git -C ${word(clone)}`
  return [
    `${git} checkout --force --detach ${commit}`,
    `${git} submodule update --init --recursive || echo "not all submodules are there" >&2`,
  ]
}

function commandLines(step: RecipeStep, turned: readonly Turned[] = []): readonly string[] {
  const command = `(${place(step)}${variables(step)}${step.argv.map((one) => movedWord(one, turned)).join(' ')}${redirections(step.streams)})`
  const directories = outputDirectories(step)
  if (directories.length === 0) return [command]
  return [`recorded_step() { ${command}; }`, `with_directories ${directories.map(pathWord).join(' ')}`]
}

function redirections({ stdin, stdout, stderr }: Streams = {}): string {
  const to = (fd: string, file: StreamFile | undefined) =>
    file ? ` ${fd}${file.append ? '>>' : '>'} ${word(file.path)}` : ''
  const isOne = stderr !== undefined && stderr.path === stdout?.path
  return `${stdin === undefined ? '' : ` < ${word(stdin)}`}${to('', stdout)}${isOne ? ' 2>&1' : to('2', stderr)}`
}

/** Only what is of the workspace is made. */
function place({ cwd }: RecipeStep): string {
  if (cwd === '.') return ''
  return `${cwd.startsWith('/') ? '' : `mkdir -p ${word(cwd)} && `}cd ${word(cwd)} && `
}

function proofLine(input: PlannedInput): readonly string[] {
  const digest = provable(input)
  return digest === null ? [] : [`proven ${digest.join(' ')} ${word(display(input.path))}`]
}

function memberLines(input: PlannedInput): readonly string[] {
  const [to, composite] = [display(input.path), display(input.memberOf ?? input.path)]
  const directory = isSet(composite) ? composite.slice(0, composite.lastIndexOf('/') + 1) || '.' : composite
  const digest = provable(input) ?? ['blake3', '']
  return [
    `mkdir -p "$(dirname -- ${word(to)})"`,
    `member ${input.size ?? 0} ${digest.join(' ')} ${word(directory)} ${word(to)}`,
  ]
}

function fetchLine({ path, kind, places }: PlannedInput): string {
  const to = display(path)
  const where = places[0]?.where ?? ''
  const folder = `mkdir -p "$(dirname -- ${word(to)})"`
  if (/^https?:/.test(where) && kind === 'file')
    return `${folder} && curl --fail --location --output ${word(to)} ${word(where)}`
  // A set of files is its folder's: `*` in its last part is the shell's.
  const target = isSet(to) ? to.slice(0, to.lastIndexOf('/') + 1) || '.' : to
  if (where.includes('://')) return `${folder} && roar get ${word(where)} ${word(target)}`
  if (isSet(to))
    return `${folder} && cp -- ${word(where.slice(0, where.lastIndexOf('/')))}/${where.slice(where.lastIndexOf('/') + 1)} ${word(target)}`
  return `${folder} && cp ${kind === 'composite' ? '-R ' : ''}-- ${word(where)} ${word(to)}`
}

/** An absolute one; `Europe/Berlin` is none. */
const holdsPath = (value: string): boolean => /(^|[:=,;\s])\//.test(value)

/** Where things lie on the other machine is left out. */
const variables = (step: RecipeStep): string => {
  const own = Object.entries(step.variables).filter(
    ([name, value]) => !isOfTheMachine(name) && !holdsPath(value) && redactionsIn([value]).length === 0,
  )
  return own.length === 0 ? '' : `${own.map(([name, value]) => `${name}=${word(value)}`).join(' ')} `
}
