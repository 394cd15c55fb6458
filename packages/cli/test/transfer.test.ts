// What get and put move, and what of it is recorded.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { S3Server } from '../../storage-s3/test/moto-server.ts'
import {
  bucket,
  file,
  found,
  isBody,
  job,
  jobs,
  json,
  md5,
  mib,
  multipartEtag,
  must,
  proxy,
  read,
  roar,
  secret,
  server,
  stored,
  w,
} from './transfer-bench.ts'

describe('a file put to a store and fetched from there', () => {
  it('is the same, and its lineage goes through the URL', async () => {
    const bytes = file('in.bin', randomBytes(20 * mib + 7))
    await must('put', 'in.bin', `s3://${bucket}/data/in.bin`)
    expect((await stored('data/in.bin'))?.equals(bytes)).toBe(true)
    await must('get', `s3://${bucket}/data/in.bin`, 'back.bin')
    expect(read('back.bin').equals(bytes)).toBe(true)
    const [sent, fetched] = [await job('@1'), await job('@2')]
    expect([sent.kind, sent.step, fetched.kind, fetched.step]).toEqual(['put', '@1', 'get', '@2'])
    expect(Object.keys(fetched.environment?.facts ?? {}).filter((name) => name.startsWith('std'))).toEqual([])
    expect(sent.outputs[0]).toMatchObject({
      path: `s3://${bucket}/data/in.bin`,
      size: bytes.length,
      access: ['created'],
    })
    expect(fetched.inputs[0]).toMatchObject({ path: `s3://${bucket}/data/in.bin`, producer: '@1', sourced: 'job' })
    expect(fetched.outputs[0]).toMatchObject({ path: 'back.bin', access: ['created'] })
    expect(fetched.outputs[0]?.digests).toEqual(sent.inputs[0]?.digests)
  })

  it('is found by its ETag, with quotes and without, and by its URL', async () => {
    const bytes = file('in.bin', randomBytes(17 * mib))
    await must('put', 'in.bin', `s3://${bucket}/in.bin`)
    const etag = multipartEtag(bytes, 8 * mib)
    for (const form of [etag, `"${etag}"`]) {
      const [artifact, ...others] = await found(form)
      expect(others).toEqual([])
      expect(artifact?.digests['s3-etag-8m']).toBe(etag)
      expect(artifact?.claims['s3-etag-8m']).toBe('verified')
      expect(artifact?.locations.find(({ path }) => path.startsWith('s3:'))).toMatchObject({
        path: `s3://${bucket}/in.bin`,
        etag,
        endpoint: w.env.AWS_ENDPOINT_URL,
      })
    }
    expect(await must('show', `s3://${bucket}/in.bin`)).toContain(`etag ${etag}`)
  })

  it('of a store with versions keeps the version', async () => {
    const versioning = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'
    await fetch(`http://127.0.0.1:${(server as S3Server).port}/${bucket}?versioning`, {
      method: 'PUT',
      body: versioning,
    })
    file('v.txt', Buffer.from('one'))
    const document = await json<{ files: { version_id: string | null }[] }>('put', 'v.txt', `s3://${bucket}/v.txt`)
    expect(document.files[0]?.version_id).toMatch(/./)
    const [artifact] = await found(md5(Buffer.from('one')))
    expect(
      artifact?.locations.some((one) => 'version_id' in one && one.version_id === document.files[0]?.version_id),
    ).toBe(true)
  })

  it('of an older version is fetched by its id', async () => {
    const versioning = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'
    const place = `http://127.0.0.1:${(server as S3Server).port}/${bucket}`
    await fetch(`${place}?versioning`, { method: 'PUT', body: versioning })
    const first = await fetch(`${place}/o`, { method: 'PUT', body: 'one' })
    await fetch(`${place}/o`, { method: 'PUT', body: 'two' })
    const id = first.headers.get('x-amz-version-id')
    await must('get', `s3://${bucket}/o?versionId=${id}`, 'older')
    expect(read('older').toString()).toBe('one')
    const [artifact] = await found(md5(Buffer.from('one')))
    expect(artifact?.locations).toContainEqual(expect.objectContaining({ path: `s3://${bucket}/o`, version_id: id }))
    expect((await roar('get', `s3://${bucket}/o?versionId=none`, 'no')).err).toContain('ROAR_STORAGE_MISSING')
  })

  it('may be empty', async () => {
    file('empty', Buffer.alloc(0))
    await must('put', 'empty', `s3://${bucket}/empty`)
    await must('get', `s3://${bucket}/empty`, 'empty-back')
    expect(read('empty-back').length).toBe(0)
  })
})

describe('several files', () => {
  it('of a directory go below the URL, and come back from below it', async () => {
    for (const name of ['dir/a', 'dir/sub/b', 'dir/sub/ü c']) file(name, Buffer.from(name))
    await must('put', 'dir', `s3://${bucket}/d/`)
    await must('get', `s3://${bucket}/d/`, 'dir-back')
    for (const name of ['a', 'sub/b', 'sub/ü c']) expect(read(`dir-back/${name}`).toString()).toBe(`dir/${name}`)
    expect((await job('@2')).outputs.length).toBe(3)
  })

  it('of a directory without its links, which are named', async () => {
    file('linked/a', Buffer.from('a'))
    symlinkSync('a', join(w.root, 'linked/to-a'))
    const said = await roar('put', 'linked', `s3://${bucket}/l/`)
    expect(said).toMatchObject({ code: 0 })
    expect(said.err).toContain('linked/to-a is not sent: it is a link, and a store has none')
    expect((await job('@1')).outputs.map((one) => one.path)).toEqual([`s3://${bucket}/l/a`])
  })

  it.each([
    [['x', 'x/y'], 'file and directory'],
    [['x/y', 'x//y'], 'one file'],
  ])('of keys that would be %s at one place are refused before anything is fetched', async (keys) => {
    for (const key of keys)
      await fetch(`http://127.0.0.1:${(server as S3Server).port}/${bucket}/c/${key}`, { method: 'PUT', body: key })
    const said = await roar('get', `s3://${bucket}/c/`, 'clash')
    expect(said.err).toContain('ROAR_STORAGE_URL')
    expect([said.code, existsSync(join(w.root, 'clash')), await jobs()]).toEqual([1, false, 0])
  })

  it('that are a composite go and come as one, known by its digest', async () => {
    file('z.zarr/zarr.json', Buffer.from('{"zarr_format":3,"node_type":"array"}'))
    for (const name of ['c/0', 'c/1']) file(`z.zarr/${name}`, Buffer.from(name))
    await must('put', 'z.zarr', `s3://${bucket}/z.zarr/`)
    const [sent] = (await job('@1')).outputs
    expect(sent).toMatchObject({ kind: 'composite', format: 'zarr', members: 3, path: `s3://${bucket}/z.zarr/` })
    const root = sent?.digests.blake3 as string
    await must('get', `s3://${bucket}/z.zarr/`, 'back.zarr', '--hash', root)
    const back = await job('@2')
    expect(back.inputs).toMatchObject([{ path: `s3://${bucket}/z.zarr/`, producer: '@1' }])
    expect(back.outputs).toMatchObject([{ path: 'back.zarr', kind: 'composite', digests: { blake3: root } }])
    const wrong = await roar('get', `s3://${bucket}/z.zarr/`, 'wrong.zarr', '--hash', root.replace(/^../, '00'))
    expect([
      wrong.code,
      wrong.err.includes('ROAR_TRANSFER_MISMATCH'),
      existsSync(join(w.root, 'wrong.zarr/zarr.json')),
    ]).toEqual([1, true, false])
  })

  it('of a step are its outputs, as they were recorded', async () => {
    await must('run', '--allow-dirty', 'sh', '-c', 'echo x > out-x; echo y > out-y')
    await must('put', '@1', `s3://${bucket}/run/`)
    expect([String(await stored('run/out-x')), String(await stored('run/out-y'))]).toEqual(['x\n', 'y\n'])
    expect((await job('@2')).inputs.map((edge) => edge.producer)).toEqual(['@1', '@1'])
    writeFileSync(join(w.root, 'out-x'), 'z\n')
    const refused = await roar('put', '@1', `s3://${bucket}/again/`)
    expect(refused.err).toContain('ROAR_TRANSFER_CHANGED')
    expect(await stored('again/out-x')).toBe(null)
  })
})

describe('nothing is overwritten unasked', () => {
  it('neither a file nor an object, unless by --force', async () => {
    file('new', Buffer.from('new'))
    await must('put', 'new', `s3://${bucket}/there`)
    file('newer', Buffer.from('newer'))
    expect((await roar('put', 'newer', `s3://${bucket}/there`)).err).toContain('ROAR_TRANSFER_EXISTS')
    expect(String(await stored('there'))).toBe('new')
    expect((await roar('get', `s3://${bucket}/there`, 'newer')).err).toContain('ROAR_TRANSFER_EXISTS')
    expect(read('newer').toString()).toBe('newer')
    await must('put', 'newer', `s3://${bucket}/there`, '--force')
    expect(String(await stored('there'))).toBe('newer')
    await must('get', `s3://${bucket}/there`, 'new', '--force')
    expect(read('new').toString()).toBe('newer')
  })

  it('and a dry run changes nothing at all', async () => {
    file('dry', Buffer.from('dry'))
    const document = await json<{ dry_run: boolean; files: unknown[] }>('put', 'dry', `s3://${bucket}/dry`, '--dry-run')
    expect([document.dry_run, document.files.length]).toEqual([true, 1])
    expect([await stored('dry'), await jobs()]).toEqual([null, 0])
  })
})

describe('bytes are checked', () => {
  it('against a digest in any form', async () => {
    const bytes = file('h.bin', randomBytes(1000))
    await must('put', 'h.bin', `s3://${bucket}/h`)
    const sha256 = createHash('sha256').update(bytes).digest()
    const good = [sha256.toString('hex'), `sha256-${sha256.toString('base64')}`, `"${md5(bytes)}"`]
    for (const [i, form] of good.entries()) await must('get', `s3://${bucket}/h`, `h-${i}`, '--hash', form)
    const bad = await roar('get', `s3://${bucket}/h`, 'h-bad', '--hash', '0'.repeat(64))
    expect([bad.code, bad.err.includes('ROAR_TRANSFER_MISMATCH')]).toEqual([1, true])
    expect(readdirSync(w.root).filter((name) => name.includes('h-bad'))).toEqual([])
  })

  it('and what was falsified on the way leaves neither a file nor a record', async () => {
    file('f.bin', randomBytes(9 * mib))
    await must('put', 'f.bin', `s3://${bucket}/f`)
    const before = await jobs()
    proxy.disturb(1, isBody, { is: 'falsify' })
    expect((await roar('get', `s3://${bucket}/f`, 'f-back')).err).toContain('ROAR_TRANSFER_MISMATCH')
    expect(readdirSync(w.root).filter((name) => name.includes('f-back'))).toEqual([])
    expect(await jobs()).toBe(before)
  })
})

describe('credentials', () => {
  it('are in no byte of the workspace', async () => {
    file('c.txt', Buffer.from('c'))
    await must('put', 'c.txt', `s3://${bucket}/c`)
    await must('get', `s3://${bucket}/c`, 'c-back')
    for (const name of readdirSync(join(w.root, '.roar'), { recursive: true, encoding: 'utf8' })) {
      const path = join(w.root, '.roar', name)
      if (statSync(path).isFile()) expect(readFileSync(path).includes(secret), name).toBe(false)
    }
  })
})

describe('a file of the web', () => {
  const body = randomBytes(20 * mib)
  let web: Server
  let url = ''
  let serve: (asked: IncomingMessage, answer: ServerResponse) => void
  beforeAll(async () => {
    web = createServer((asked, answer) => serve(asked, answer))
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(web.address() as { port: number }).port}`
  })
  afterAll(() => {
    web.closeAllConnections()
    web.close()
  })

  it('is fetched in ranges where the server has them', async () => {
    const asked: string[] = []
    serve = ({ method, headers }, answer) => {
      const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')
      if (method === 'GET') asked.push(headers.range ?? 'whole')
      const common = { 'accept-ranges': 'bytes', etag: '"e1"' }
      if (!range)
        return void answer
          .writeHead(200, { ...common, 'content-length': body.length })
          .end(method === 'HEAD' ? '' : body)
      const [start, end] = [Number(range[1]), Number(range[2])]
      const head = {
        ...common,
        'content-range': `bytes ${start}-${end}/${body.length}`,
        'content-length': end - start + 1,
      }
      answer.writeHead(206, head).end(body.subarray(start, end + 1))
    }
    await must('get', `${url}/dir/ranged.bin?X-Amz-Signature=${secret}&part=1`)
    expect(read('ranged.bin').equals(body)).toBe(true)
    expect(asked.length).toBe(3)
    const recorded = await job('@1')
    expect(recorded.inputs[0]?.path).toBe(`${url}/dir/ranged.bin?part=1`)
    expect(JSON.stringify(recorded)).not.toContain(secret)
  })

  it('is fetched whole from a server that says it has ranges, and answers with everything', async () => {
    serve = ({ method }, answer) =>
      void answer
        .writeHead(200, { 'accept-ranges': 'bytes', etag: '"e1"', 'content-length': body.length })
        .end(method === 'HEAD' ? '' : body)
    await must('get', `${url}/everything.bin`)
    expect(read('everything.bin').equals(body)).toBe(true)
  })

  it('is not pieced together from two, where the server looks at no condition', async () => {
    let pieces = 0
    serve = ({ method, headers }, answer) => {
      const [, from = '0', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
      const [start, end] = [Number(from), to === '' ? body.length : Number(to) + 1]
      const etag = method !== 'HEAD' && ++pieces > 1 ? '"e2"' : '"e1"'
      const range = { 'content-range': `bytes ${start}-${end - 1}/${body.length}`, 'content-length': end - start }
      answer
        .writeHead(to === '' ? 200 : 206, { 'accept-ranges': 'bytes', etag, ...range })
        .end(method === 'HEAD' ? '' : body.subarray(start, end))
    }
    const said = await roar('get', `${url}/two.bin`)
    expect([said.code, said.err.includes('ROAR_STORAGE_CHANGED')]).toEqual([1, true])
    expect(existsSync(join(w.root, 'two.bin'))).toBe(false)
  })

  it('is fetched whole, again if need be, where the server knows neither ranges nor lengths', async () => {
    let attempts = 0
    serve = ({ method }, answer) => {
      answer.writeHead(200)
      if (method === 'HEAD') return void answer.end()
      if (++attempts > 1) return void answer.end(body)
      answer.write(body.subarray(0, 5 * mib), () => answer.destroy())
    }
    await must('get', `${url}/whole.bin`, 'whole.bin')
    expect(read('whole.bin').equals(body)).toBe(true)
    expect(attempts).toBe(2)
  })

  it('that its server calls by another digest is refused', async () => {
    serve = ({ method }, answer) => {
      answer.writeHead(200, {
        'content-length': 3,
        'repr-digest': `sha-256=:${createHash('sha256').update('other').digest('base64')}:`,
      })
      answer.end(method === 'HEAD' ? '' : 'abc')
    }
    expect((await roar('get', `${url}/lie`, 'lie')).err).toContain('ROAR_TRANSFER_MISMATCH')
    expect(existsSync(join(w.root, 'lie'))).toBe(false)
  })
})
