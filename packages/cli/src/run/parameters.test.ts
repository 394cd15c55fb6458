// A rerun with changed parameters changes exactly those.
import { expect, it } from 'vitest'
import { withParameters } from './parameters.ts'

const base = ['python', 'train.py', '--lr', '0.1', '--epochs=3', '--fast', '--shift', '-1']
const changed = (...given: string[]) => withParameters(base, given).argv.slice(2).join(' ')

it('a value after the key is replaced', () => expect(changed('--lr=0.2')).toBe('--lr 0.2 --epochs=3 --fast --shift -1'))
it('a value joined to the key is replaced', () =>
  expect(changed('--epochs=5')).toBe('--lr 0.1 --epochs=5 --fast --shift -1'))
it('a negative number is a value', () => expect(changed('--shift=2')).toBe('--lr 0.1 --epochs=3 --fast --shift 2'))
it('a switch without value gets one joined', () =>
  expect(changed('--fast=no')).toBe('--lr 0.1 --epochs=3 --fast=no --shift -1'))
it('an unknown parameter is appended', () =>
  expect(changed('--seed=7', '--dry')).toBe('--lr 0.1 --epochs=3 --fast --shift -1 --seed=7 --dry'))
it('an empty value and one with spaces stay one word', () =>
  expect(withParameters(base, ['--lr=', '--note=a b']).argv.slice(-1)).toEqual(['--note=a b']))
it('what is no parameter is named', () => expect(withParameters(base, ['stray', '--lr=1']).unusable).toEqual(['stray']))
