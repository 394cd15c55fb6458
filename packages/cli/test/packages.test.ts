// Packages as real tools install them, used by real programs: named with their URLs, and reported when somebody has changed their files.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type TestWorkspace, workspaces } from './workspace.ts'

const made = workspaces()
const workspace = (): TestWorkspace => made().write('.gitignore', '.roar/\n.venv/\nnode_modules/\n').commit()
const has = (program: string, ...words: string[]): boolean => spawnSync(program, words).status === 0
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const purls = (w: TestWorkspace, ref: string): readonly string[] => w.job(ref).packages.map(({ purl }) => purl)
const modified = (w: TestWorkspace, ref: string) =>
  w.job(ref).packages.flatMap((one) => one.modified.map((path) => `${one.name} ${path.replace(`${w.root}/`, '')}`))

it.skipIf(!has('dpkg', '--version'))('whose the program and its library are, by dpkg (needs Debian)', () => {
  const w = workspace()
  w.must('run', '/bin/true')
  const owner = w.command('dpkg-query', '-f', `\${Version}`, '-W', 'coreutils').out
  const found = purls(w, '@1')
  expect(
    found.some((purl) => purl.startsWith(`pkg:deb/`) && purl.includes(`/coreutils@${encodeURIComponent(owner)}`)),
  ).toBe(true)
  expect(found.some((purl) => /\/libc6@/.test(purl))).toBe(true)
  expect(modified(w, '@1')).toEqual([])
})

it.skipIf(!has('python3', '-m', 'venv', '--help'))(
  'a patched module is reported at every later run, also when only its bytecode is read (needs Python with venv)',
  () => {
    const w = workspace()
    w.command('python3', '-m', 'venv', '--without-pip', '.venv')
    const site = w
      .command('.venv/bin/python', '-c', 'import sysconfig; print(sysconfig.get_path("purelib"))')
      .out.trim()
    const inside = site.slice(w.root.length + 1)
    const digest = w
      .execute('sh', ['-c', 'printf "x = 1\\n" | openssl dgst -sha256 -binary | base64 | tr +/ -_ | tr -d ='])
      .out.trim()
    w.write(`${inside}/gadget.py`, 'x = 1\n')
    w.write(`${inside}/gadget-2.0.dist-info/METADATA`, 'Metadata-Version: 2.1\nName: Gadget\nVersion: 2.0\n\n')
    w.write(`${inside}/gadget-2.0.dist-info/RECORD`, `gadget.py,sha256=${digest},6\ngadget-2.0.dist-info/METADATA,,\n`)
    w.write('main.py', 'import gadget; print(gadget.x)\n').write('requirements.txt', 'gadget==2.0\n').commit()
    w.must('run', '.venv/bin/python', 'main.py')
    expect(purls(w, '@1')).toContain('pkg:pypi/gadget@2.0')
    expect(modified(w, '@1')).toEqual([])
    expect(w.job('@1').lock_files).toMatchObject([{ path: 'requirements.txt', ecosystem: 'pypi' }])
    expect(w.job('@1').interpreters[0]?.path).toMatch(/python/)
    appendFileSync(join(site, 'gadget.py'), 'x = 2\n')
    for (let round = 0; round < 2; round++) {
      expect(w.must('run', '.venv/bin/python', 'main.py').out).toBe('2\n')
      expect(modified(w, '@1')).toEqual([`gadget ${inside}/gadget.py`])
    }
    expect(w.roar('show', '@1').out).toContain('1 file of gadget changed since it was installed')
  },
)

it('a listing of what is installed uses nothing; requiring does', () => {
  const w = workspace()
  for (const name of ['used', 'unused']) {
    w.write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'i.js' }))
    w.write(`node_modules/${name}/i.js`, 'module.exports = 1\n')
  }
  w.write('package-lock.json', '{}').commit()
  w.must('run', 'node', '-e', 'require("fs").readFileSync("node_modules/unused/package.json"); require("used")')
  const job = w.job('@1')
  expect(job.packages.filter(({ ecosystem }) => ecosystem === 'npm')).toMatchObject([
    { name: 'used', version: '1.0.0', purl: 'pkg:npm/used@1.0.0', location: `${w.root}/node_modules/used` },
  ])
  expect(job.lock_files.map(({ path }) => path)).toEqual(['package-lock.json'])
  expect(job.inputs).toEqual([])
})

it('whose record a file fits is not told that it was changed, and who installed it is believed about what was done to a wheel', () => {
  const w = workspace()
  const file = 'env/lib/python3.11/site-packages/gadget.py'
  const base64 = (text: string) => createHash('sha256').update(text).digest('base64url')
  const said = (inCondaRecord: string, inWheel: string) => {
    const paths = [{ _path: file.slice(4), sha256: sha256(inCondaRecord), path_type: 'hardlink' }]
    const conda = { name: 'gadget', version: '2.0', files: [file.slice(4)], paths_data: { paths } }
    w.write('env/conda-meta/gadget-2.0-0.json', JSON.stringify(conda))
    w.write('env/lib/python3.11/site-packages/gadget-2.0.dist-info/RECORD', `gadget.py,sha256=${base64(inWheel)},2\n`)
    w.must('run', '--allow-dirty', 'cat', file)
    return w.job('@1').packages.flatMap((one) => (one.modified.length > 0 ? one.ecosystem : []))
  }
  w.write('env/conda-meta/history', '').write(file, 'x\n')
  w.write('env/lib/python3.11/site-packages/gadget-2.0.dist-info/METADATA', 'Name: gadget\nVersion: 2.0\n')
  expect(said('x\n', 'x\n')).toEqual([])
  expect(said('x\n', 'before it was stripped\n')).toEqual([])
  expect(said('before pip came\n', 'x\n')).toEqual(['conda'])
  expect(said('before\n', 'before\n')).toEqual(['conda', 'pypi'])
})

it.skipIf(!has('ruby', '-e', 'require "rake"'))('a gem, by its specification (needs Ruby with rake)', () => {
  const w = workspace()
  w.must('run', 'ruby', '-e', 'require "rake"')
  expect(purls(w, '@1').filter((purl) => purl.startsWith('pkg:gem/'))).toContainEqual(
    expect.stringMatching(/^pkg:gem\/rake@\d/),
  )
})

it.skipIf(!has('gem', '--version') || !has('ruby', '--version'))(
  'a file of a gem is compared with the archive that RubyGems keeps of it (needs Ruby)',
  () => {
    const w = workspace()
    const home = join(w.place, 'gems')
    const fields = 's.name="gadget"; s.version="1.4.0"; s.summary="x"; s.authors=["a"]; s.files=["lib/gadget.rb"]'
    w.write('gadget.gemspec', `Gem::Specification.new { |s| ${fields} }\n`).write('lib/gadget.rb', 'puts 1\n')
    w.write('main.rb', 'require "gadget"\n')
    expect(w.command('gem', 'build', '-q', 'gadget.gemspec').code).toBe(0)
    const got = w.command('gem', 'install', '-q', '--local', '-N', '--install-dir', home, 'gadget-1.4.0.gem')
    expect(got.code, got.err).toBe(0)
    rmSync(join(w.root, 'lib'), { recursive: true })
    w.commit()
    w.env.GEM_PATH = home
    const use = () => {
      w.must('run', 'ruby', 'main.rb')
      expect(purls(w, '@1')).toContain('pkg:gem/gadget@1.4.0')
      return modified(w, '@1')
    }
    expect(use()).toEqual([])
    const file = join(home, 'gems/gadget-1.4.0/lib/gadget.rb')
    appendFileSync(file, '# mine\n')
    for (let round = 0; round < 2; round++) expect(use()).toEqual([`gadget ${file}`])
  },
)

it.skipIf(!has('Rscript', '-e', 'library(MASS)'))('a package of R and R itself (needs R with MASS)', () => {
  const w = workspace()
  w.must('run', 'Rscript', '-e', 'library(MASS)')
  expect(purls(w, '@1')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^pkg:cran\/MASS@/), expect.stringMatching(/^pkg:generic\/r@/)]),
  )
})

it.skipIf(!has('go', 'version'))('the modules linked into a program of Go, such as go itself (needs Go)', () => {
  const w = workspace()
  w.must('run', 'go', 'version')
  expect(purls(w, '@1')).toContainEqual(expect.stringMatching(/^pkg:golang\/stdlib@1\./))
})

it.skipIf(!has('jar', '--version'))('a jar tells its name and version (needs a JDK)', () => {
  const w = workspace()
  w.write('META-INF/maven/org.example/lib/pom.properties', 'groupId=org.example\nartifactId=lib\nversion=1.2\n')
  w.command('jar', '--create', '--file', 'lib.jar', 'META-INF')
  w.commit()
  w.must('run', 'cat', 'lib.jar')
  expect(purls(w, '@1')).toContain('pkg:maven/org.example/lib@1.2')
})

it.skipIf(!has('go', 'version') || !has('python3', '--version'))(
  'a file of a module of Go is compared with the archive that Go keeps, as long as that is the one in go.sum (needs Go and Python)',
  () => {
    const w = workspace()
    const proxy = join(w.place, 'proxy')
    const zip = `import os, sys, zipfile
os.makedirs(sys.argv[1])
mod = "module example.org/Gadget\\n\\ngo 1.20\\n"
for name, text in (("list", "v1.0.0\\n"), ("v1.0.0.info", '{"Version":"v1.0.0"}'), ("v1.0.0.mod", mod)):
  open(sys.argv[1] + "/" + name, "w").write(text)
with zipfile.ZipFile(sys.argv[1] + "/v1.0.0.zip", "w", zipfile.ZIP_DEFLATED) as z:
  for name, text in (("go.mod", mod), ("gadget.go", "package gadget\\n" * 50), ("data/a.txt", "a")):
    z.writestr("example.org/Gadget@v1.0.0/" + name, text)
`
    w.command('python3', '-c', zip, join(proxy, 'example.org/!gadget/@v'))
    Object.assign(w.env, {
      GOPROXY: `file://${proxy}`,
      GONOSUMDB: '*',
      GOFLAGS: '-mod=mod -modcacherw',
      GOTOOLCHAIN: 'local',
    })
    w.write('go.mod', 'module example.org/mine\n\ngo 1.20\n\nrequire example.org/Gadget v1.0.0\n')
    const got = w.command('go', 'mod', 'download', 'example.org/Gadget')
    expect(got.code, got.err).toBe(0)
    w.commit()
    const module = join(w.env.HOME as string, 'go/pkg/mod/example.org/!gadget@v1.0.0')
    const use = (): readonly string[] => {
      w.must('run', 'cat', join(module, 'gadget.go'), join(module, 'data/a.txt'))
      return modified(w, '@1')
    }
    expect(use()).toEqual([])
    expect(purls(w, '@1')).toContain('pkg:golang/example.org/gadget@v1.0.0')
    chmodSync(join(module, 'gadget.go'), 0o644)
    appendFileSync(join(module, 'gadget.go'), '// mine\n')
    for (let round = 0; round < 2; round++) expect(use()).toEqual([`example.org/Gadget ${join(module, 'gadget.go')}`])
    // An archive that is not the one of go.sum proves nothing.
    const archive = join(w.env.HOME as string, 'go/pkg/mod/cache/download/example.org/!gadget/@v/v1.0.0.zip')
    w.command(
      'python3',
      '-c',
      'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "a").writestr("example.org/Gadget@v1.0.0/b", "")',
      archive,
    )
    expect(use()).toEqual([])
    rmSync(archive)
    expect(use()).toEqual([])
  },
)

/** A package as its author packs it; its folder lies beside the project. */
function packed(w: TestWorkspace): string {
  const at = join(w.place, 'gadget')
  mkdirSync(join(at, 'd'.repeat(120)), { recursive: true })
  const manifest = { name: '@my/gadget', version: '1.0.0', main: 'i.js', bin: { gadget: 'cli.js' } }
  writeFileSync(join(at, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(at, 'i.js'), `require('./${'d'.repeat(120)}/x.js')\nrequire('./cli.js')\n`)
  writeFileSync(join(at, 'd'.repeat(120), 'x.js'), '1\n')
  writeFileSync(join(at, 'cli.js'), '#!/usr/bin/env node\r\n')
  const done = w.execute('npm', ['pack', '--silent', '--pack-destination', w.place], { cwd: at })
  expect(done.code, done.err).toBe(0)
  return join(w.place, 'my-gadget-1.0.0.tgz')
}
const install = (w: TestWorkspace, program: string, ...words: readonly string[]): void => {
  w.write('package.json', '{"name":"p","version":"1.0.0"}').write('main.js', "require('@my/gadget')\n")
  const done = w.execute(program, words)
  expect(done.code, done.err + done.out).toBe(0)
  w.commit()
}
/** What is said once a file is changed, and at the run behind it. */
function reported(w: TestWorkspace, file: string): readonly (readonly string[])[] {
  const use = (): readonly string[] => {
    w.must('run', 'node', 'main.js')
    expect(purls(w, '@1')).toContain('pkg:npm/%40my/gadget@1.0.0')
    return modified(w, '@1')
  }
  const before = use()
  appendFileSync(join(w.root, file), '// mine\n')
  return [before, use(), use()]
}

it.skipIf(!has('npm', '--version'))(
  'a file that npm installed is compared with the archive in its cache (needs npm)',
  () => {
    const w = workspace()
    install(w, 'npm', 'install', '--silent', '--offline', packed(w))
    const long = `node_modules/@my/gadget/${'d'.repeat(120)}/x.js`
    const said = [`@my/gadget ${long}`]
    expect(reported(w, long)).toEqual([[], said, said])
    rmSync(join(w.env.HOME as string, '.npm/_cacache'), { recursive: true })
    w.must('run', 'node', 'main.js')
    expect(modified(w, '@1')).toEqual([])
  },
)

it.skipIf(!has('pnpm', '--version') || !has('npm', '--version'))(
  'a file that pnpm installed is compared with its store (needs pnpm, and npm to pack)',
  () => {
    const w = workspace()
    install(w, 'pnpm', 'add', '--offline', packed(w))
    const link = w
      .command('readlink', '-f', 'node_modules/@my/gadget')
      .out.trim()
      .slice(w.root.length + 1)
    const said = [`@my/gadget ${link}/i.js`]
    expect(reported(w, `${link}/i.js`)).toEqual([[], said, said])
  },
)
