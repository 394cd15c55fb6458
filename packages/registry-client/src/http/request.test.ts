import { expect, it } from 'vitest'
import { RegistryHttp } from './request.ts'

it('A key that cannot sign is told as that, and not as a registry that does not answer', async () => {
  const credentials = async () => ({ sshKey: '/nowhere/id_ed25519' })
  const http = new RegistryHttp({ url: 'http://127.0.0.1:1', credentials })
  await expect(http.get('/health')).rejects.toMatchObject({ code: 'ROAR_SSH_KEY' })
})
