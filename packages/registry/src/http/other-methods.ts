/** Addresses that are there, asked by a method that they do not have: RFC 9110 wants 405 and those that they do. OPTIONS asks just that. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import type { App } from './app.ts'

interface Known {
  readonly pattern: RegExp
  readonly methods: Set<string>
}

/** To be called before there are routes. Null: there is nothing at this address. */
export function otherMethods(app: App): (request: FastifyRequest, reply: FastifyReply) => Refusal | 'told' | null {
  const known = new Map<string, Known>()
  app.addHook('onRoute', ({ url, method }) => {
    const one = known.get(url) ?? { pattern: patternOf(url), methods: new Set(['OPTIONS']) }
    for (const name of [method].flat()) one.methods.add(name)
    known.set(url, one)
  })
  return (request, reply) => {
    const path = request.url.replace(/\?.*/s, '')
    const methods = [...known.values()].flatMap((one) => (one.pattern.test(path) ? [...one.methods] : []))
    if (methods.length === 0) return null
    const allow = [...new Set(methods)].sort().join(', ')
    reply.header('allow', allow)
    if (request.method === 'OPTIONS') return 'told'
    return new Refusal('ROAR_REGISTRY_METHOD', `${request.method} is not a method of this address.`, {
      remedy: [`It has ${allow}.`],
    })
  }
}

const patternOf = (url: string): RegExp => new RegExp(`^${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`)
