// Source text is code when a job reads it; what a job writes is its result; size tells a dump from a source.
import { type DetectorCase, detectorSuite } from '@roar/conformance'
import { describe, it } from 'vitest'
import { all } from '../cases.test-data.ts'
import { createCodeDetector } from './index.ts'

const tree = {
  '/home/u/project/bin/prepare': '#!/bin/sh\n',
  '/home/u/project/LICENSE': 'Apache',
  '/data/part-00000': '#!x',
}
const code = { is: 'code' } as const

const cases: readonly DetectorCase[] = [
  ...all(
    code,
    `/home/u/project/train.py /home/u/project/run.sh /home/u/project/fit.R /home/u/project/fit.jl /home/u/project/a.js /home/u/project/a.mjs
     /home/u/project/a.ts /home/u/project/a.c /home/u/project/a.h /home/u/project/a.cpp /home/u/project/a.rs /home/u/project/a.go
     /home/u/project/A.java /home/u/project/a.ipynb /home/u/project/a.sql /home/u/project/Makefile /home/u/project/Snakefile
     /home/u/project/CMakeLists.txt /home/u/project/Dockerfile.gpu /home/u/project/A.PY /tmp/loose.py /mnt/x/loose.sh /home/u/project/bin/prepare`,
    { role: 'input', tree },
  ),
  ...all(
    null,
    `/home/u/project/data.csv /home/u/project/a.json /home/u/project/a.txt /home/u/project/a.yaml /home/u/project/model.bin /home/u/project/LICENSE
     /home/u/project/README.md /home/u/project/a.html /data/part-00000 /home/u/project/py /home/u/project/.py /home/u/project/missing`,
    { role: 'input', tree },
  ),
  ...all(null, '/home/u/project/made.py /home/u/project/dump.sql', { role: 'output' }),
  ...all(null, '/data/dump.sql /data/film.ts', { role: 'input', size: 3e9 }),
  ...all(code, '/data/a.py', { role: 'input', size: null }),
]

detectorSuite({ describe, it }, 'code', createCodeDetector, cases)
