/**
 * Version 8: by the beginning of a member's digest, the pages on which it stands: a file that was copied out of a composite is asked about at every run.
 * `member_keys` is our own (sqlite/member-keys.ts); a page that is gone leaves its rows until pages are cleared away, so whoever asks looks at the page.
 */
export const insertPageMembers = `INSERT OR IGNORE INTO page_members (key, page_id)
  SELECT found.value, manifest_pages.id FROM manifest_pages, json_each(member_keys(manifest_pages.data)) AS found`

export const pageMembers: readonly string[] = [
  'CREATE TABLE page_members (key INTEGER NOT NULL, page_id INTEGER NOT NULL, PRIMARY KEY (key, page_id)) WITHOUT ROWID',
  // In the order of the index: a million rows in any other would write most of its pages many times.
  `${insertPageMembers} ORDER BY 1`,
]
