// What the kernel, firmware, container engines, schedulers and vendors' tools show, in the forms in which they show it.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { commitment, commitmentKey } from './commitments.ts'
import { containerFacts } from './container-facts.ts'
import { type FactSource, factSource } from './fact-source.ts'
import { parseNvidiaCards } from './graphics-facts.ts'
import { countOf, hardwareFacts } from './hardware-facts.ts'
import { machineFacts } from './machine-facts.ts'
import { processFacts } from './process-facts.ts'
import { schedulerFacts } from './scheduler-facts.ts'
import { virtualMachineFacts } from './virtual-machine-facts.ts'

const places: string[] = []
afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true, force: true })
})
const place = (): string => {
  const at = mkdtempSync(join(tmpdir(), 'roar-facts-'))
  places.push(at)
  return at
}
/** Another machine's files. */
function machine(files: Readonly<Record<string, string>>, env: Record<string, string> = {}): FactSource {
  const root = place()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(root + path), { recursive: true })
    writeFileSync(root + path, text)
  }
  return factSource(env, root)
}
const dmi = (fields: Readonly<Record<string, string>>) =>
  machine(Object.fromEntries(Object.entries(fields).map(([name, text]) => [`/sys/class/dmi/id/${name}`, `${text}\n`])))

describe('virtual machines and clouds', () => {
  it.each([
    [
      'EC2',
      { sys_vendor: 'Amazon EC2', product_name: 'p4d.24xlarge' },
      { 'vm.type': 'kvm', 'cloud.provider': 'aws', 'cloud.machine_type': 'p4d.24xlarge' },
    ],
    [
      'Google',
      { sys_vendor: 'Google', product_name: 'Google Compute Engine' },
      { 'vm.type': 'kvm', 'cloud.provider': 'gcp' },
    ],
    [
      'Azure',
      {
        sys_vendor: 'Microsoft Corporation',
        product_name: 'Virtual Machine',
        chassis_asset_tag: '7783-7084-3265-9085-8269-3286-77',
      },
      { 'vm.type': 'hyper-v', 'cloud.provider': 'azure' },
    ],
    ['QEMU', { sys_vendor: 'QEMU', product_name: 'Standard PC (Q35 + ICH9, 2009)' }, { 'vm.type': 'kvm' }],
    ['VMware', { sys_vendor: 'VMware, Inc.', product_name: 'VMware7,1' }, { 'vm.type': 'vmware' }],
  ])('%s', (_, firmware, facts) => expect(virtualMachineFacts(dmi(firmware))).toMatchObject(facts))

  it('a machine of metal is none', () =>
    expect(virtualMachineFacts(dmi({ sys_vendor: 'Dell Inc.', product_name: 'PowerEdge R750' }))).toEqual({
      'machine.vendor': 'Dell Inc.',
      'machine.model': 'PowerEdge R750',
    }))
  it('WSL says it in the release, Firecracker by the processor alone', () => {
    expect(
      virtualMachineFacts(machine({ '/proc/sys/kernel/osrelease': '5.15.90-microsoft-standard-WSL2' }))['vm.type'],
    ).toBe('wsl')
    expect(virtualMachineFacts(machine({ '/proc/cpuinfo': 'flags : fpu hypervisor\n\nflags : x' }))['vm.type']).toBe(
      'unknown',
    )
  })
  it('without firmware the kernel’s clock says whose machine it is', () => {
    const clocks = '/sys/devices/system/clocksource/clocksource0/available_clocksource'
    const type = (text: string) => virtualMachineFacts(machine({ [clocks]: text, '/proc/cpuinfo': 'flags : fpu' }))
    expect(type('tsc kvm-clock \n')).toEqual({ 'vm.type': 'kvm' })
    expect(type('hyperv_clocksource_tsc_page acpi_pm\n')).toEqual({ 'vm.type': 'hyper-v' })
    expect(type('tsc hpet acpi_pm \n')).toEqual({})
  })
})

const id = 'ab12'.repeat(16)
describe('containers', () => {
  it.each([
    [
      'Docker, by its mounts',
      {
        '/.dockerenv': '',
        '/proc/self/mountinfo': `1 2 8:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw\n`,
      },
      {},
      { 'container.engine': 'docker', 'container.id': id },
    ],
    [
      'Docker, by the control group of version 1',
      { '/proc/self/cgroup': `5:cpu:/docker/${id}\n` },
      {},
      { 'container.engine': 'docker', 'container.id': id },
    ],
    [
      'Podman, which tells its image',
      {
        '/run/.containerenv': `engine="podman-4.3.1"\nname="box"\nid="${id}"\nimage="localhost/train:1"\nimageid="${id}"\n`,
      },
      {},
      {
        'container.engine': 'podman',
        'container.id': id,
        'container.image': 'localhost/train:1',
        'container.image_digest': `sha256:${id}`,
        'container.name': 'box',
      },
    ],
    [
      'Apptainer',
      {},
      { APPTAINER_CONTAINER: '/images/train.sif' },
      { 'container.engine': 'apptainer', 'container.image': '/images/train.sif' },
    ],
    [
      'Kubernetes',
      { '/var/run/secrets/kubernetes.io/serviceaccount/namespace': 'ml\n' },
      { KUBERNETES_SERVICE_HOST: '10.0.0.1', HOSTNAME: 'train-0', NODE_NAME: 'n7' },
      { 'container.engine': 'kubernetes', 'k8s.namespace': 'ml', 'k8s.pod': 'train-0', 'k8s.node': 'n7' },
    ],
    ['none', {}, {}, {}],
  ])('%s', (_, files, env, facts) => expect(containerFacts(machine(files as never, env as never))).toEqual(facts))
})

describe('schedulers', () => {
  it.each([
    [
      'Slurm',
      { SLURM_JOB_ID: '77', SLURM_ARRAY_TASK_ID: '3', SLURM_PROCID: '1', SLURM_NTASKS: '4' },
      {
        'scheduler.name': 'slurm',
        'scheduler.job_id': '77',
        'scheduler.array_task_id': '3',
        'distributed.rank': '1',
        'distributed.world_size': '4',
      },
    ],
    [
      'torchrun',
      { RANK: '5', LOCAL_RANK: '1', WORLD_SIZE: '8', GROUP_RANK: '2', TORCHELASTIC_RUN_ID: 'x' },
      {
        'distributed.rank': '5',
        'distributed.local_rank': '1',
        'distributed.world_size': '8',
        'distributed.node_rank': '2',
        'distributed.run_id': 'x',
      },
    ],
    [
      'Open MPI',
      { OMPI_COMM_WORLD_RANK: '0', OMPI_COMM_WORLD_SIZE: '2' },
      { 'distributed.rank': '0', 'distributed.world_size': '2' },
    ],
    ['Ray', { RAY_JOB_ID: '01000000' }, { 'scheduler.name': 'ray', 'scheduler.job_id': '01000000' }],
  ])('%s', (_, env, facts) => expect(schedulerFacts(env as never)).toMatchObject(facts))
  it('outside of all of them there are none', () => expect(schedulerFacts({ HOME: '/' })).toEqual({}))
})

it('processors: model and flags of the first, threads that share a core are one core', () => {
  const cpu = (i: number) => `/sys/devices/system/cpu/cpu${i}/topology`
  const facts = hardwareFacts(
    machine({
      '/proc/cpuinfo':
        'processor : 0\nvendor_id : AuthenticAMD\nmodel name : AMD  EPYC 7763\nflags : fpu avx2\n\nprocessor : 1\n',
      '/sys/devices/system/cpu/online': '0-2,4\n',
      ...Object.fromEntries([0, 1, 2, 4].map((i) => [`${cpu(i)}/thread_siblings_list`, i < 2 ? '0-1' : String(i)])),
      ...Object.fromEntries([0, 1, 2, 4].map((i) => [`${cpu(i)}/physical_package_id`, i < 4 ? '0' : '1'])),
      '/sys/devices/system/node/node0/x': '',
      '/sys/devices/system/node/node1/x': '',
    }),
  )
  expect(facts).toMatchObject({ 'cpu.model': 'AMD EPYC 7763', 'cpu.vendor': 'AuthenticAMD', 'cpu.flags': 'fpu avx2' })
  expect(facts).toMatchObject({ 'cpu.threads': '4', 'cpu.cores': '3', 'cpu.sockets': '2', 'numa.nodes': '2' })
  expect(countOf('all')).toBeNull()
})

it('what a process inherits: locale, zone, limits of its parent, the share of its control group', () => {
  const source = machine(
    {
      '/etc/timezone': 'Europe/Berlin\n',
      '/proc/77/limits':
        'Limit   Soft Limit Hard Limit Units\nMax open files            1024                 1048576              files     \n',
      '/proc/self/cgroup': '0::/job\n',
      '/sys/fs/cgroup/job/memory.max': '1073741824\n',
      '/sys/fs/cgroup/job/cpu.max': '150000 100000\n',
    },
    { LANG: 'de_DE.UTF-8', LC_ALL: 'C' },
  )
  expect(processFacts(source, 77)).toMatchObject({
    ...{ locale: 'C', 'time.zone': 'Europe/Berlin', 'limit.open_files': '1024:1048576' },
    ...{ 'memory.limit_bytes': '1073741824', 'cpu.quota': '1.5' },
  })
})

it('a zone that only the link tells, and the one of a machine that tells none', () => {
  const root = place()
  mkdirSync(join(root, 'etc'))
  symlinkSync('/usr/share/zoneinfo/America/Argentina/Ushuaia', join(root, 'etc/localtime'))
  expect(processFacts(factSource({}, root))['time.zone']).toBe('America/Argentina/Ushuaia')
  expect(processFacts(machine({}))['time.zone']).toBe('UTC')
})

it('cards as nvidia-smi lists them', () =>
  expect(parseNvidiaCards('NVIDIA A100-SXM4-80GB, 81920, 535.104.05, 8.0, GPU-1, 00000000:07:00.0\n')).toEqual([
    {
      model: 'NVIDIA A100-SXM4-80GB',
      memory_mib: '81920',
      driver: '535.104.05',
      compute_capability: '8.0',
      uuid: 'GPU-1',
      bus: '00000000:07:00.0',
    },
  ]))

it('the machine is looked at once; a damaged memory of it is made anew', async () => {
  const cache = place()
  const source = machine({ '/etc/os-release': 'ID=one\n', '/proc/sys/kernel/random/boot_id': 'x' })
  expect((await machineFacts(source, cache, String))['os.id']).toBe('one')
  const other = machine({ '/etc/os-release': 'ID=two\n', '/proc/sys/kernel/random/boot_id': 'x' })
  expect((await machineFacts(other, cache, String))['os.id']).toBe('one')
  const [file = ''] = readdirSync(cache)
  writeFileSync(join(cache, file), '{"os.id":')
  expect((await machineFacts(other, cache, String))['os.id']).toBe('two')
})

it('the key of commitments is made once, for its owner alone', () => {
  const file = join(place(), 'commitment.key')
  const key = commitmentKey(file) as Uint8Array
  expect(commitmentKey(file)).toEqual(key)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(commitment(key, 'A', 'x')).toMatch(/^[0-9a-f]{32}$/)
  expect(commitment(key, 'A', 'x')).not.toBe(commitment(key, 'B', 'x'))
  expect(commitmentKey('/nonexistent/place/key')).toBeNull()
})
