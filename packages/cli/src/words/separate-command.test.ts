// Options of roar end where the command begins.
import { expect, it } from 'vitest'
import { separateCommand } from './separate-command.ts'

const parted = (...words: string[]) => {
  const { options, command } = separateCommand(words, new Set(['-n', '--tag']))
  return [options.join(' '), command.join(' ')]
}

it('the first word that is no option begins the command', () =>
  expect(parted('--allow-dirty', 'python', 't.py', '-n', '3')).toEqual(['--allow-dirty', 'python t.py -n 3']))
it('the value of an option is not the command', () =>
  expect(parted('-n', 'train', '--tag', 'a=b', 'make')).toEqual(['-n train --tag a=b', 'make']))
it('two dashes end the options and belong to nobody', () =>
  expect(parted('-n', 'x', '--', '-odd', '--', 'y')).toEqual(['-n x', '-odd -- y']))
it('two dashes behind the command are the command’s own', () =>
  expect(parted('ls', '--', 'x')).toEqual(['', 'ls -- x']))
it('no command is no command', () => expect(parted('-n', 'x')).toEqual(['-n x', '']))
