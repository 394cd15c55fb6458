// title: node's own threads read and write for it
import { appendFileSync, copyFileSync, promises } from 'node:fs'

const text = await promises.readFile('a')
await promises.writeFile('n', text)
copyFileSync('b', 'c')
const facts = ['R a', 'C n', 'W n', 'R b', 'C c', 'W c'].map((fact) => `${process.pid} ${fact}\n`)
const job = ['in a', 'out n', 'in b', 'out c'].map((line) => `job ${line}\n`)
appendFileSync(process.env.CASE_EXPECT, [...facts, ...job].join(''))
