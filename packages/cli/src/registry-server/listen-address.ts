/** `HOST:PORT`, `[::1]:PORT`, `:PORT` or `PORT`. */
import { RoarError } from '@roar/core'

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

export function listenAddress(text: string): ListenAddress {
  const match = /^(?:(?:\[([0-9a-fA-F:.%]+)\]|([^:[\]]*)):)?(\d{1,5})$/.exec(text)
  const port = Number(match?.[3])
  if (!match || port > 65_535)
    throw new RoarError('ROAR_USAGE', `'${text}' is no address to listen at.`, {
      exitCode: 2,
      remedy: [
        '--listen 127.0.0.1:8723',
        '--listen 0.0.0.0:80 for everybody who can reach this machine',
        '--listen :0 takes a free port',
      ],
    })
  return { host: match[1] ?? (match[2] || '127.0.0.1'), port }
}
