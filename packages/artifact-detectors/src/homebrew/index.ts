/** Homebrew's formulae and casks: a folder each and in it one for each version. https://docs.brew.sh/Formula-Cookbook#homebrew-terminology */
import { type ArtifactDetector, type BytePath, formatPackageUrl, type PackageFound, type Probe } from '@roar/core'
import { byDirectory } from '../by-directory.ts'

const keg = /^(.*\/(?:Cellar|Caskroom)\/([^/]+)\/([^/]+))(?=\/|$)/

export function createHomebrewDetector(): ArtifactDetector {
  let probe: Probe
  const packageOf = byDirectory((directory) => packageAt(directory, probe))
  return {
    name: 'homebrew',
    marks: ['/Cellar/', '/Caskroom/'],
    inDirectory: (directory) => (/\/(?:Cellar|Caskroom)(?:\/|$)/.test(directory) ? null : 'none'),
    detect: () => null,
    lockFiles: { brew: ['Brewfile.lock.json', 'Brewfile'] },
    packagesOf({ path }, asked) {
      probe = asked
      if (!path.includes('/Cellar/') && !path.includes('/Caskroom/')) return []
      const found = packageOf(path)
      return found ? [found] : []
    },
  }
}

function packageAt(directory: string, probe: Probe): PackageFound | null {
  const [, location, name = '', version = ''] = keg.exec(directory) ?? []
  if (location === undefined) return null
  const receipt = probe.text(`${location}/INSTALL_RECEIPT.json` as BytePath)
  if (receipt === null && !location.includes('/Caskroom/')) return null
  const tap = /"tap"\s*:\s*"([^"]+)"/.exec(receipt ?? '')?.[1]
  const qualifiers = { tap: tap === 'homebrew/core' ? null : tap }
  const purl = formatPackageUrl({ type: 'brew', name, version, qualifiers })
  return { ecosystem: 'brew', package: name, version, purl, location: location as BytePath }
}
