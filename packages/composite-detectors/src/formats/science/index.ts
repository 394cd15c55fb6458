/** What instruments and maps are kept in: shapefiles, HDF5 files in two parts, DICOM. */
import type { BytePath } from '@roar/core'
import type { Directory } from '../../directory.ts'
import { type Format, only } from '../../format.ts'

/** ESRI's shapefile: the first three have to be there. */
const partOfShape = /^(.+?)\.(?:shp|shx|dbf|prj|cpg|qpj|qix|sbn|sbx|fbn|fbx|ain|aih|ixs|mxs|atx|shp\.xml)$/
const needed = ['shx', 'dbf']

const stemOf = (name: string): string | null => partOfShape.exec(name)?.[1] ?? null

export const shapefile: Format = {
  name: 'shapefile',
  about: {
    title: 'Shapefile',
    recognised: '`x.shp` with `x.shx` or `x.dbf` beside it',
    members: 'the files of this name with the endings that shapefiles have: `.prj`, `.cpg`, `.shp.xml` and others',
    whole: '`.shx` and `.dbf` are there',
  },
  family: (name, at) => {
    const stem = stemOf(name)
    if (stem === null) return null
    const isOne = (): boolean => at.exists(`${stem}.shp`) && needed.some((end) => at.exists(`${stem}.${end}`))
    return at.once(`shape ${stem}`, isOne) ? `${stem}.shp` : null
  },
  members: (paths, _, family) => {
    const stem = family?.slice(0, -4) ?? ''
    const lost = needed.find((end) => !paths.includes(`${stem}.${end}` as BytePath))
    return only(paths, (path) => stemOf(path) === stem, lost === undefined ? null : `${stem}.${lost} is missing`)
  },
}

/** Part 10 of the standard: 128 bytes of preamble, then its name. */
const isDicom = (name: string, at: Directory): boolean =>
  Buffer.from(at.head(name, 132) ?? [])
    .subarray(128)
    .toString('latin1') === 'DICM'

export const dicom: Format = {
  name: 'dicom',
  about: {
    title: 'DICOM',
    recognised: 'a directory of nothing but two or more `.dcm` files, or one with a `DICOMDIR`',
    members: 'all',
    whole: 'no marker',
  },
  isRoot: (at) => {
    if (at.has('DICOMDIR')) return isDicom('DICOMDIR', at)
    const shown = at.names.slice(0, mostNames).filter((name) => !name.startsWith('.'))
    const [first] = shown
    return first !== undefined && shown.length > 1 && shown.every((name) => /\.dcm$/i.test(name)) && isDicom(first, at)
  },
}
/** That are looked at: a directory with others shows itself early. */
const mostNames = 2000

/** HDF5's driver `split`: metadata with the head of a file, and raw data. */
const half = /^(.+)-[mr]\.(h5|hdf5|he5)$/
const isHdf5 = (name: string, at: Directory): boolean =>
  Buffer.from(at.head(name, 4) ?? []).toString('latin1', 1) === 'HDF'

export const hdf5Split: Format = {
  name: 'hdf5-split',
  about: {
    title: 'HDF5, split into metadata and data',
    recognised: '`x-m.h5` with the head of an HDF5 file beside `x-r.h5`, which has none',
    members: 'both',
    whole: 'both are there',
  },
  family: (name, at) => {
    const match = half.exec(name)
    if (!match) return null
    const [meta, raw] = ['m', 'r'].map((part) => `${match[1]}-${part}.${match[2]}`) as [string, string]
    const isOne = (): boolean => at.exists(raw) && isHdf5(meta, at) && !isHdf5(raw, at)
    return at.once(`split ${meta}`, isOne) ? `${match[1]}-*.${match[2]}` : null
  },
  members: (paths, _, family) => {
    const [before = '', after = ''] = (family ?? '').split('*')
    return only(paths, (path) => path === `${before}m${after}` || path === `${before}r${after}`)
  },
}
