/** Which container this is, and from which image, as far as its engine shows it inside. */
import { type FactSource, type Facts, known } from './fact-source.ts'

export function containerFacts(source: FactSource): Facts {
  const { env } = source
  const mounts = source.text('/proc/self/mountinfo')
  const groups = source.text('/proc/self/cgroup')
  const podman = parsePodman(source.text('/run/.containerenv'))
  const image = env.APPTAINER_CONTAINER ?? env.SINGULARITY_CONTAINER
  return known({
    'container.engine': engineOf(source, mounts, groups),
    'container.id': podman.id ?? containerId(mounts) ?? containerId(groups),
    'container.image': podman.image ?? image ?? env.CONTAINER_IMAGE,
    'container.image_digest': podman.imageid && digestText(podman.imageid),
    'container.name': podman.name,
    ...podFacts(source),
  })
}

function engineOf(source: FactSource, mounts: string, groups: string): string | null {
  const { env } = source
  if (env.APPTAINER_CONTAINER !== undefined || source.exists('/.singularity.d')) return 'apptainer'
  if (source.exists('/run/.containerenv')) return 'podman'
  if (env.KUBERNETES_SERVICE_HOST !== undefined) return 'kubernetes'
  if (source.exists('/.dockerenv') || /\/docker\/containers\//.test(mounts) || /\/docker[/-]/.test(groups))
    return 'docker'
  if (/\/lxc(?:\.payload)?[/.]/.test(groups)) return 'lxc'
  if (/kubepods|containerd/.test(groups + mounts)) return 'containerd'
  return env.container ?? null
}

/** The engines mount their own /etc/hostname, from a folder named by the container; older ones name the control group by it. */
const containerId = (text: string): string | null =>
  /(?:containers|docker|sandboxes|libpod|crio|cri-containerd|overlay-containers)[/:-]([0-9a-f]{64})/.exec(text)?.[1] ??
  null

/** `engine="podman-4.3.1"`, one a line: podman-run(1). Empty in a rootful container that was not asked to tell. */
const parsePodman = (text: string): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries([...text.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value]))

const digestText = (id: string): string => (/^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id)

/** What Kubernetes puts into a pod by itself, and by the downward interface under the usual names. */
function podFacts(source: FactSource): Readonly<Record<string, string | null | undefined>> {
  const { env } = source
  if (env.KUBERNETES_SERVICE_HOST === undefined) return {}
  return {
    'k8s.namespace': env.POD_NAMESPACE ?? source.text('/var/run/secrets/kubernetes.io/serviceaccount/namespace'),
    'k8s.pod': env.POD_NAME ?? env.HOSTNAME,
    'k8s.node': env.NODE_NAME,
    'k8s.pod_uid': /pods?[/-]?([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})/.exec(
      source.text('/proc/self/mountinfo') + source.text('/proc/self/cgroup'),
    )?.[1],
  }
}
