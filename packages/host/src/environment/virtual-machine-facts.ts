/** Is this a virtual machine, whose, and in which cloud? By the firmware's tables (SMBIOS), as systemd-detect-virt(1) and cloud-init do. */
import { type FactSource, type Facts, known } from './fact-source.ts'

interface Firmware {
  readonly vendor: string
  readonly product: string
  readonly bios: string
  readonly board: string
  readonly asset: string
}

const clouds: readonly (readonly [string, (firmware: Firmware) => boolean])[] = [
  ['aws', ({ vendor, bios }) => /^Amazon EC2/i.test(vendor) || /amazon/i.test(bios)],
  ['gcp', ({ vendor, product }) => vendor === 'Google' || product === 'Google Compute Engine'],
  // The one asset tag of all machines of Azure.
  ['azure', ({ asset }) => asset === '7783-7084-3265-9085-8269-3286-77'],
  ['oracle', ({ asset }) => asset === 'OracleCloud.com'],
  ['alibaba', ({ vendor, product }) => /Alibaba Cloud/.test(vendor + product)],
  ['tencent', ({ vendor }) => /Tencent Cloud/.test(vendor)],
  ['digitalocean', ({ vendor }) => vendor === 'DigitalOcean'],
  ['hetzner', ({ vendor }) => vendor === 'Hetzner'],
  ['scaleway', ({ vendor }) => vendor === 'Scaleway'],
  ['vultr', ({ vendor }) => vendor === 'Vultr'],
  ['linode', ({ vendor }) => /Linode|Akamai/.test(vendor)],
  ['openstack', ({ vendor, product }) => /OpenStack/.test(vendor + product)],
]

const machines: readonly (readonly [string, RegExp])[] = [
  ['kvm', /KVM|QEMU|Amazon EC2|Google|DigitalOcean|Hetzner|OpenStack|Alibaba|Tencent|Scaleway|Vultr/],
  ['vmware', /VMware/],
  ['hyper-v', /Microsoft Corporation.*Virtual Machine|Hyper-V/],
  ['virtualbox', /VirtualBox|innotek/],
  ['xen', /Xen/],
  ['parallels', /Parallels/],
  ['bhyve', /BHYVE/],
  ['apple', /Apple.*Virtualization/],
]

export function virtualMachineFacts(source: FactSource): Facts {
  const dmi = (name: string): string => source.text(`/sys/class/dmi/id/${name}`)
  const firmware = {
    vendor: dmi('sys_vendor'),
    product: dmi('product_name'),
    bios: `${dmi('bios_vendor')} ${dmi('bios_version')}`,
    board: dmi('board_vendor'),
    asset: dmi('chassis_asset_tag'),
  }
  const cloud = clouds.find(([, is]) => is(firmware))?.[0]
  return known({
    'vm.type': typeOf(source, firmware),
    'cloud.provider': cloud,
    // The kind of machine that was rented: EC2 writes it where others write the model.
    'cloud.machine_type': cloud === 'aws' ? firmware.product : null,
    'machine.vendor': firmware.vendor,
    'machine.model': firmware.product,
  })
}

/** Of the hypervisors' own clocks. */
const clocksOf: readonly (readonly [string, RegExp])[] = [
  ['kvm', /\bkvm-clock\b/],
  ['hyper-v', /\bhyperv_clocksource/],
  ['xen', /\bxen\b/],
]

function typeOf(source: FactSource, { vendor, product, bios, board }: Firmware): string | null {
  const release = source.text('/proc/sys/kernel/osrelease')
  if (/microsoft/i.test(release)) return 'wsl'
  // gVisor answers for the kernel: it calls itself so in the log, and always reports this version.
  if (/gvisor/i.test(source.text('/proc/version'))) return 'gvisor'
  const named = machines.find(([, form]) => form.test(`${vendor} ${product} ${bios} ${board}`))?.[0]
  if (named) return named
  if (source.text('/sys/hypervisor/type') === 'xen') return 'xen'
  // Firecracker and its like have no firmware; but the kernel takes its time from whoever stands between, or the processor says that somebody does.
  const clocks = source.text('/sys/devices/system/clocksource/clocksource0/available_clocksource')
  const timed = clocksOf.find(([, form]) => form.test(clocks))?.[0]
  if (timed) return timed
  return /\bhypervisor\b/.test(source.text('/proc/cpuinfo').split('\n\n', 1)[0] ?? '') ? 'unknown' : null
}
