/** Recorded variables that say where things lie on the machine that recorded, or who ran there: they mean nothing elsewhere. */
const ofTheMachine =
  /^(PATH|SHELL|VIRTUAL_ENV|CONDA_.*|JAVA_HOME|R_HOME|PYTHONHOME|NVIDIA_.*|SLURM_.*|PYTHONPYCACHEPREFIX)$/

export const isOfTheMachine = (name: string): boolean => ofTheMachine.test(name)
