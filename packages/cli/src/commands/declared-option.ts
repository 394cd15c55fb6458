/** Options that are declared elsewhere, for the parser. */
import { Option } from 'clipanion'
import type { Flag, List, Text } from '../words/options.ts'

export const flagOption = ({ names, description }: Flag) => Option.Boolean(names, false, { description })

export const textOption = ({ names, description }: Text) => Option.String(names, { description })

export const listOption = ({ names, description }: List) => Option.Array(names, [], { description })
