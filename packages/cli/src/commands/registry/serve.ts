/** `roar registry serve`: a GLaaS registry, until it is stopped. */
import { Command, Option } from 'clipanion'
import type { Report } from '../../output/report.ts'
import { RegistryCommand } from './registry-command.ts'

declare const ROAR_VERSION: string

export class RegistryServeCommand extends RegistryCommand {
  static override paths = [['registry', 'serve']]
  static override usage = Command.Usage({
    details:
      'Prints `listening on http://…` once it answers, and logs to standard error as JSON lines. Several servers may share one PostgreSQL and one key (ROAR_REGISTRY_KEY). SIGTERM ends it when what it has begun is answered.',
    examples: [
      ['for this machine', '$0 registry serve'],
      ['for a team', '$0 registry serve --listen 0.0.0.0:8723 --url https://registry.example --trust-proxy'],
      ['on PostgreSQL', 'ROAR_REGISTRY_DATABASE=postgresql://roar@db/roar $0 registry serve'],
    ],
  })

  listen = Option.String('--listen', '127.0.0.1:8723', { description: 'HOST:PORT; port 0 takes a free one' })
  url = Option.String('--url', { description: 'where the outside finds it, for links; default: where it listens' })
  signup = Option.Boolean('--signup', false, { description: 'anybody may make an account' })
  trustProxy = Option.Boolean('--trust-proxy', false, { description: 'believe X-Forwarded-*: behind a proxy only' })
  providers = Option.String('--providers', { description: 'JSON file of login providers (GitHub, OpenID)' })
  logLevel = Option.String('--log-level', 'info', { description: 'trace, debug, info, warn, error or silent' })

  async perform(report: Report): Promise<void> {
    const { serveRegistry, readProviders } = await import('../../registry-server/serve-registry.ts')
    const { listenAddress } = await import('../../registry-server/listen-address.ts')
    const options = {
      ...this.place,
      ...listenAddress(this.listen),
      publicUrl: this.url,
      signup: this.signup,
      trustProxy: this.trustProxy,
      providers: readProviders(this.providers),
      metricsToken: process.env.ROAR_REGISTRY_METRICS_TOKEN ?? null,
      version: ROAR_VERSION,
      log: { level: this.quiet ? 'silent' : this.logLevel },
    }
    await serveRegistry(options, (url) => {
      report.answer({ schema: 'roar.registry-serve/1' as const, listening: url }, (page) =>
        page.line(`listening on ${url}`),
      )
    })
  }
}
