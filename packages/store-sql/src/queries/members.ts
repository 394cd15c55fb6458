/** The pages on which the members of composites stand. */
import type { EdgeCompositesTable } from '../schema/tables.ts'
import type { Build } from './builder.ts'
import { row } from './values.ts'

const pages = (build: Build) =>
  build.selectFrom('artifact_pages').innerJoin('manifest_pages', 'manifest_pages.id', 'page_id')

export const memberQueries = {
  pageOfArtifact: (build: Build, { artifact, place }: { artifact: number; place: number }) =>
    pages(build).select('data').where('artifact_id', '=', artifact).where('place', '=', place),
  /** The last one that begins at or before the path. */
  placeOfMember: (build: Build, { artifact, path }: { artifact: number; path: Buffer }) =>
    pages(build)
      .select('place')
      .where('artifact_id', '=', artifact)
      .where('first', '<=', path)
      .orderBy('place', 'desc')
      .limit(1),
  anyPage: (build: Build, { artifact }: { artifact: number }) =>
    build.selectFrom('artifact_pages').select('place').where('artifact_id', '=', artifact).limit(1),
  holdersOfPage: (build: Build, { page }: { page: number }) =>
    build.selectFrom('artifact_pages').select('artifact_id').distinct().where('page_id', '=', page).limit(16),
  pagesOfPart: (build: Build, given: { job: number; ordinal: number; limit: number }) =>
    build
      .selectFrom('edge_pages')
      .innerJoin('manifest_pages', 'manifest_pages.id', 'page_id')
      .select('data')
      .where('job_id', '=', given.job)
      .where('ordinal', '=', given.ordinal)
      .orderBy('place')
      .limit(given.limit),
  anyComposite: (build: Build, { job }: { job: number }) =>
    build.selectFrom('edge_composites').select('ordinal').where('job_id', '=', job).limit(1),

  insertComposite: (build: Build, given: EdgeCompositesTable) =>
    build
      .insertInto('edge_composites')
      .values(row(given, ['job_id', 'ordinal', 'complete', 'incomplete', 'part_members', 'part_size', 'part_root'])),
  insertPage: (build: Build, given: { root: string; members: number; first: Buffer; data: Buffer }) =>
    build.insertInto('manifest_pages').values(row(given, ['root', 'members', 'first', 'data'])),
  newestPage: (build: Build) => build.selectFrom('manifest_pages').select('id').orderBy('id', 'desc').limit(1),
  deleteUnusedPageMembers: (build: Build) =>
    build
      .deleteFrom('page_members')
      .where('page_id', 'not in', (eb) => eb.selectFrom('manifest_pages').select('manifest_pages.id')),
  deleteUnusedPages: (build: Build) =>
    build
      .deleteFrom('manifest_pages')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('artifact_pages').select('place').whereRef('artifact_pages.page_id', '=', 'manifest_pages.id'),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('edge_pages').select('place').whereRef('edge_pages.page_id', '=', 'manifest_pages.id'))),
      ),
}
