/** Source text that a program was made of or run from. It stays an artifact; the commit vouches for it where it is tracked and clean. */
import type { ArtifactDetector, BytePath, Candidate, Detection, Probe } from '@roar/core'
import { baseName, extension } from '../by-directory.ts'

const code: Detection = { is: 'code' }

const endings = new Set(
  [
    'py pyi pyw pyx pxd pxi ipynb sh bash zsh fish ksh csh awk sed ps1 bat cmd r rmd qmd jl m do ado sas sps stan bug jags',
    'js mjs cjs jsx ts mts cts tsx vue svelte coffee c h cc cpp cxx c++ hh hpp hxx h++ ipp inl cu cuh cl metal glsl vert frag',
    'wgsl hlsl rs go java kt kts scala sc groovy gradle clj cljs cljc edn ex exs erl hrl hs lhs ml mli fs fsx fsi cs vb swift',
    'mm f for f77 f90 f95 f03 f08 ftn pas pp d zig nim cr v sv vhd vhdl asm s lua pl pm t rb rake php tcl lisp lsp el scm rkt',
    'sql hql dart proto thrift fbs capnp g4 y l yy ll mk cmake bzl bazel ninja nix dhall jsonnet libsonnet tf hcl nf smk wdl cwl',
    'j2 jinja jinja2 mako tex sty cls bst ltx sol move',
  ].flatMap((line) => line.split(' ')),
)

const names = new Set(
  'Makefile makefile GNUmakefile Dockerfile Containerfile Snakefile Rakefile Gemfile Vagrantfile Jenkinsfile Justfile justfile SConstruct SConscript CMakeLists.txt meson.build BUILD WORKSPACE Procfile Brewfile Guardfile wscript dvc.yaml MLproject'.split(
    ' ',
  ),
)

/** Nobody writes more by hand: a `.sql` of this size is a dump, a `.ts` a film, a `.m` or `.t` or `.s` measurements. */
const longestSource = 4 * 1024 * 1024
/** Scripts without an ending; `part-00000`, digests and the like are not opened. */
const scriptName = /^[A-Za-z][A-Za-z_-]*$/
const longestScript = 64 * 1024

export function createCodeDetector(): ArtifactDetector {
  return {
    name: 'code',
    detect(candidate, probe) {
      // What a job writes is its result, whatever it is written in.
      if (candidate.role === 'output' || (candidate.size ?? 0) > longestSource) return null
      return isSource(candidate, probe) ? code : null
    },
  }
}

function isSource({ path, size }: Candidate, probe: Probe): boolean {
  const name = baseName(path)
  const ending = extension(name)
  if (ending === '') return names.has(name) || (isScriptName(name, size) && startsWith(path, '#!', probe))
  return endings.has(ending) || names.has(name) || /^(?:Dockerfile|Makefile)\./.test(name)
}

const isScriptName = (name: string, size: number | null): boolean =>
  scriptName.test(name) && size !== null && size <= longestScript

function startsWith(path: BytePath, start: string, probe: Probe): boolean {
  const head = probe.head(path, start.length)
  return head !== null && Buffer.from(head).toString('latin1') === start
}
