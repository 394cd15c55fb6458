/** Checkpoints of distributed training: PyTorch, Megatron, DeepSpeed, Orbax, TensorStore. */
import { type Format, only, unless } from '../../format.ts'

export const torchDistributed: Format = {
  name: 'torch-dcp',
  about: {
    title: 'PyTorch distributed checkpoint',
    recognised: '`.metadata` beside `__RANK_N.distcp`, or `__RANK_N.distcp` alone',
    members: 'all',
    whole: '`.metadata`, which is written last',
  },
  isRoot: (at) => at.some(/^__\d+_\d+\.distcp$/),
  members: (paths) =>
    unless(
      paths.some((path) => path === '.metadata' || path === 'metadata.json'),
      'there is no .metadata',
    ),
}

export const megatron: Format = {
  name: 'megatron',
  about: {
    title: 'Megatron distributed checkpoint',
    recognised: '`metadata.json` with `sharded_backend`, `common.pt`',
    members: 'all',
    whole: '`.metadata` or `metadata.json`',
  },
  isRoot: (at) => at.has('common.pt') && typeof at.json('metadata.json')?.sharded_backend === 'string',
}

export const deepspeed: Format = {
  name: 'deepspeed',
  about: {
    title: 'DeepSpeed checkpoint',
    recognised: '`global_stepN/` with `*_model_states.pt`',
    members: 'all; the `zero_to_fp32.py` that is copied in, too',
    whole: '`latest`, which is written last',
  },
  isRoot: (at) => {
    const [step] = at.matching(/^global_step\d+$/)
    return step !== undefined && at.list(step).some((name) => name.endsWith('_model_states.pt'))
  },
  members: (paths) =>
    unless(
      paths.some((path) => path === 'latest'),
      'there is no latest',
    ),
}

export const orbax: Format = {
  name: 'orbax',
  about: {
    title: 'Orbax checkpoint',
    recognised: '`_CHECKPOINT_METADATA` or `orbax.checkpoint`',
    members: 'all',
    whole: 'its name has no `.orbax-checkpoint-tmp`',
  },
  isRoot: (at) => at.has('_CHECKPOINT_METADATA') || at.has('orbax.checkpoint'),
  members: (_, at) => unless(!at.name.includes('.orbax-checkpoint-tmp'), 'the writer has not renamed it yet'),
}

export const ocdbt: Format = {
  name: 'ocdbt',
  about: {
    title: 'TensorStore OCDBT',
    recognised: '`manifest.ocdbt` that begins with 0x0cdb3a2a',
    members: 'all: older versions remain inside',
    whole: 'the manifest',
  },
  isRoot: (at) =>
    at.has('manifest.ocdbt') && Buffer.from(at.head('manifest.ocdbt', 4) ?? []).toString('hex') === '0cdb3a2a',
}

export const mlflow: Format = {
  name: 'mlflow-model',
  about: {
    title: 'MLflow model',
    recognised: '`MLmodel` with flavors',
    members: 'all. `MLmodel` has a run id and a time: two logged models are two versions',
    whole: 'no marker',
  },
  isRoot: (at) => at.has('MLmodel') && /^flavors:/m.test(at.text('MLmodel') ?? ''),
}

export const lmdb: Format = {
  name: 'lmdb',
  about: {
    title: 'LMDB',
    recognised: '`data.mdb` with its magic number',
    members: '`data.mdb`; not the lock',
    whole: 'no marker',
  },
  isRoot: (at) => at.has('data.mdb') && Buffer.from(at.head('data.mdb', 20) ?? []).toString('hex', 16) === 'dec0efbe',
  members: (paths) => only(paths, (path) => path !== 'lock.mdb'),
}
