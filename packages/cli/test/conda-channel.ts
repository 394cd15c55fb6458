/** A channel of conda that is a directory, made without any of its tools: a test then asks no server. */
import { join } from 'node:path'
import type { TestWorkspace } from './workspace.ts'

/** `greeting` in several versions and builds; and the Python that runs this as a package, without what a job does not need. */
const makeChannel = String.raw`
import hashlib, io, json, os, sys, tarfile
channel, with_python = sys.argv[1], sys.argv[2:] == ['python']
repodata = {'noarch': {}, 'linux-64': {}}

def package(subdir, name, version, build, files, **more):
    os.makedirs(f'{channel}/{subdir}', exist_ok=True)
    index = dict(name=name, version=version, build=build, build_number=0, depends=[], subdir=subdir, **more)
    sha256 = lambda data: hashlib.sha256(data).hexdigest()
    paths = [dict(_path=p, path_type='hardlink', sha256=sha256(d), size_in_bytes=len(d)) for p, d in files.items()]
    info = {'info/index.json': index, 'info/paths.json': dict(paths=paths, paths_version=1)}
    info = {name: json.dumps(one).encode() for name, one in info.items()}
    info['info/files'] = '\n'.join(files).encode()
    archive = f'{name}-{version}-{build}.tar.bz2'
    with tarfile.open(f'{channel}/{subdir}/{archive}', 'w:bz2', compresslevel=1) as tar:
        for path, data in {**files, **info}.items():
            member = tarfile.TarInfo(path)
            member.size, member.mode = len(data), 0o755 if path.startswith('bin/') else 0o644
            tar.addfile(member, io.BytesIO(data))
    data = open(f'{channel}/{subdir}/{archive}', 'rb').read()
    repodata[subdir][archive] = dict(index, md5=hashlib.md5(data).hexdigest(), sha256=sha256(data), size=len(data))

def python_files():
    minor = 'python%d.%d' % sys.version_info[:2]
    read = lambda path: open(os.path.join(sys.base_prefix, path), 'rb').read()
    files = {f'bin/{name}': read(f'bin/{minor}') for name in (minor, 'python3', 'python')}
    library = os.path.join(sys.base_prefix, 'lib', minor)
    for at, folders, names in os.walk(library):
        unused = ('test', 'tests', '__pycache__', 'idlelib', 'tkinter', 'lib2to3', 'site-packages', 'turtledemo')
        folders[:] = [one for one in folders if one not in unused and not one.startswith('config-')]
        for name in names:
            path = os.path.relpath(os.path.join(at, name), sys.base_prefix)
            files[path] = read(path)
    return files

script = b'#!/bin/sh\ncat "\${0%/*}/../share/greeting/text"\n'.replace(b'\\', b'')
for version, build in (('1.0', 'b0'), ('1.0', 'b1'), ('1.0.1', 'b0')):
    files = {'bin/greet': script, 'share/greeting/text': f'hello {version} {build}\n'.encode()}
    package('noarch', 'greeting', version, build, files, noarch='generic')
if with_python: package('linux-64', 'python', '%d.%d.%d' % sys.version_info[:3], '0_cpython', python_files())
for subdir, packages in repodata.items():
    os.makedirs(f'{channel}/{subdir}', exist_ok=True)
    document = {'info': {'subdir': subdir}, 'packages': packages, 'packages.conda': {}, 'repodata_version': 1}
    json.dump(document, open(f'{channel}/{subdir}/repodata.json', 'w'))
`

/** Its address. */
export function makeCondaChannel(workspace: TestWorkspace, ...words: readonly 'python'[]): string {
  const channel = join(workspace.place, 'channel')
  workspace.write('../channel.py', makeChannel)
  const made = workspace.command('python3', '../channel.py', channel, ...words)
  if (made.code !== 0) throw new Error(made.err)
  return `file://${channel}`
}
