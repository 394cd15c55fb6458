/** RubyGems: a folder each beside the specifications of all. https://guides.rubygems.org/specification-reference */
import { type ArtifactDetector, type BytePath, type Detection, formatPackageUrl, type Probe } from '@roar/core'
import { byDirectory } from '../by-directory.ts'
import { DefaultGems } from './default-gems.ts'
import { GemArchives } from './gem-archives.ts'

type Package = Extract<Detection, { is: 'package' }>

const inGems = /^(.*)\/gems\/([^/]+)(?=\/|$)/
const fromGit = /^(.*\/bundler\/gems\/([\w.-]+)-([0-9a-f]{7,12}))(?=\/|$)/
const inExtensions = /^(.*)\/extensions\/[^/]+\/[^/]+\/([^/]+)(?=\/|$)/
const specification = /^(.*\/specifications)\/(?:default\/)?([^/]+)\.gemspec$/

export function createRubyDetector(): ArtifactDetector {
  let probe: Probe
  const archives = new GemArchives()
  const defaults = new DefaultGems()
  const packageOf = byDirectory((directory) => packageAt(directory, probe))
  return {
    name: 'ruby',
    lockFiles: { gem: ['Gemfile.lock', 'gems.locked', 'Gemfile'] },
    marks,
    inDirectory: (directory) => (mayHave(`${directory}/`) ? null : 'none'),
    detect({ path }, asked) {
      probe = asked
      // All of them are read to find one.
      if (path.endsWith('.gemspec') && specification.test(path)) return { is: 'ignored', why: 'RubyGems specification' }
      const own = path.includes('/gems/') || path.includes('/extensions/') ? packageOf(path) : null
      const standard = own === null ? defaults.of(path, asked) : null
      return standard ? specified(standard.text, standard.specification) : own
    },
    recorded(path, asked) {
      probe = asked
      const location = path.includes('/gems/') ? packageOf(path)?.location : undefined
      return location === undefined ? null : archives.recorded(path, location, asked)
    },
  }
}

const marks = ['/gems/', '/extensions/', '/specifications/', '/ruby/']
const mayHave = (place: string): boolean => marks.some((mark) => place.includes(mark))

function packageAt(directory: string, probe: Probe): Package | null {
  const [, checkout, project = '', commit = ''] = fromGit.exec(directory) ?? []
  if (checkout !== undefined) {
    const name = namedAbove(directory, checkout, probe) ?? project
    return { is: 'package', ecosystem: 'gem', package: name, version: commit, location: checkout as BytePath }
  }
  // The innermost: `/usr/lib/ruby/gems/3.1.0/gems/rake-13.0.6`.
  const [location, home = '', folder = ''] = innermost(directory) ?? inExtensions.exec(directory) ?? []
  if (location === undefined) return null
  const text = ['', 'default/']
    .map((where) => probe.text(`${home}/specifications/${where}${folder}.gemspec` as BytePath))
    .find((one) => one !== null)
  return text === undefined || text === null ? null : specified(text, location as BytePath)
}

/** A gem is called as its specification is, a repository as somebody liked, and one may have several gems. */
function namedAbove(directory: string, checkout: string, probe: Probe): string | null {
  for (let at = directory; at.length >= checkout.length; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = probe.list(at as BytePath).filter((name) => name.endsWith('.gemspec'))
    if (found.length > 0) return found.length === 1 ? (found[0] ?? '').slice(0, -'.gemspec'.length) : null
  }
  return null
}

const innermost = (directory: string): RegExpExecArray | null => inGems.exec(directory)

function specified(text: string, location: BytePath): Package | null {
  const field = (name: string): string | null =>
    new RegExp(`^\\s*\\w+\\.${name} = (?:Gem::Version\\.new\\()?"([^"]+)"`, 'm').exec(text)?.[1] ?? null
  const [name, version, platform] = [field('name'), field('version'), field('platform')]
  if (name === null) return null
  const purl = formatPackageUrl({
    type: 'gem',
    name,
    version,
    qualifiers: { platform: platform === 'ruby' ? null : platform },
  })
  return { is: 'package', ecosystem: 'gem', package: name, version, purl, location }
}
