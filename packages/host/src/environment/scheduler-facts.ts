/** Under which scheduler a job runs, and which part of it: the variables that schedulers set for their jobs. */
import { type Facts, known } from './fact-source.ts'

type Env = Readonly<Record<string, string | undefined>>

interface Scheduler {
  readonly name: string
  /** Set for every job, and for nothing else. */
  readonly sign: string
  readonly facts: Readonly<Record<string, readonly string[]>>
}

const schedulers: readonly Scheduler[] = [
  {
    name: 'slurm',
    sign: 'SLURM_JOB_ID',
    facts: {
      job_id: ['SLURM_JOB_ID'],
      step_id: ['SLURM_STEP_ID'],
      array_job_id: ['SLURM_ARRAY_JOB_ID'],
      array_task_id: ['SLURM_ARRAY_TASK_ID'],
      cluster: ['SLURM_CLUSTER_NAME'],
      partition: ['SLURM_JOB_PARTITION'],
      nodes: ['SLURM_JOB_NODELIST'],
      node: ['SLURMD_NODENAME'],
      rank: ['SLURM_PROCID'],
      tasks: ['SLURM_NTASKS'],
    },
  },
  {
    name: 'pbs',
    sign: 'PBS_JOBID',
    facts: { job_id: ['PBS_JOBID'], array_task_id: ['PBS_ARRAY_INDEX'], queue: ['PBS_QUEUE'] },
  },
  {
    name: 'lsf',
    sign: 'LSB_JOBID',
    facts: { job_id: ['LSB_JOBID'], array_task_id: ['LSB_JOBINDEX'], queue: ['LSB_QUEUE'] },
  },
  {
    name: 'grid-engine',
    sign: 'SGE_TASK_ID',
    facts: { job_id: ['JOB_ID'], array_task_id: ['SGE_TASK_ID'], queue: ['QUEUE'] },
  },
  { name: 'htcondor', sign: '_CONDOR_JOB_AD', facts: { job_id: ['_CONDOR_JOB_ID'], slot: ['_CONDOR_SLOT'] } },
  { name: 'flux', sign: 'FLUX_JOB_ID', facts: { job_id: ['FLUX_JOB_ID'], rank: ['FLUX_TASK_RANK'] } },
  {
    name: 'aws-batch',
    sign: 'AWS_BATCH_JOB_ID',
    facts: { job_id: ['AWS_BATCH_JOB_ID'], array_task_id: ['AWS_BATCH_JOB_ARRAY_INDEX'] },
  },
  { name: 'sagemaker', sign: 'TRAINING_JOB_NAME', facts: { job_id: ['TRAINING_JOB_NAME'], node: ['SM_CURRENT_HOST'] } },
  {
    name: 'github-actions',
    sign: 'GITHUB_RUN_ID',
    facts: { job_id: ['GITHUB_RUN_ID'], attempt: ['GITHUB_RUN_ATTEMPT'], task: ['GITHUB_JOB'] },
  },
  { name: 'gitlab-ci', sign: 'CI_JOB_ID', facts: { job_id: ['CI_JOB_ID'], task: ['CI_JOB_NAME'] } },
  { name: 'ray', sign: 'RAY_JOB_ID', facts: { job_id: ['RAY_JOB_ID'], node: ['RAY_NODE_ID'] } },
]

/** Of a process among others that compute together: torchrun, Open MPI, MPICH and its kin, Horovod, Slurm's own. */
const distributed: Readonly<Record<string, readonly string[]>> = {
  rank: ['RANK', 'OMPI_COMM_WORLD_RANK', 'PMI_RANK', 'HOROVOD_RANK', 'SLURM_PROCID'],
  local_rank: ['LOCAL_RANK', 'OMPI_COMM_WORLD_LOCAL_RANK', 'MPI_LOCALRANKID', 'HOROVOD_LOCAL_RANK', 'SLURM_LOCALID'],
  world_size: ['WORLD_SIZE', 'OMPI_COMM_WORLD_SIZE', 'PMI_SIZE', 'HOROVOD_SIZE', 'SLURM_NTASKS'],
  node_rank: ['GROUP_RANK', 'NODE_RANK', 'SLURM_NODEID'],
  run_id: ['TORCHELASTIC_RUN_ID'],
  restarts: ['TORCHELASTIC_RESTART_COUNT'],
}

export function schedulerFacts(env: Env): Facts {
  const found = schedulers.find(({ sign }) => env[sign] !== undefined)
  const facts: Record<string, string | undefined> = { 'scheduler.name': found?.name }
  for (const [name, variables] of Object.entries(found?.facts ?? {}))
    facts[`scheduler.${name}`] = firstOf(env, variables)
  for (const [name, variables] of Object.entries(distributed)) facts[`distributed.${name}`] = firstOf(env, variables)
  return known(facts)
}

const firstOf = (env: Env, names: readonly string[]): string | undefined =>
  names.map((name) => env[name]).find((value) => value !== undefined && value !== '')
