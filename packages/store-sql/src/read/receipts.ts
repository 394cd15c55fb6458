/** Receipts, newest first: all of them, or those in which a content was to be made again. */
import type { BytePath, Digests, Receipt, ReceiptOutput, ReceiptQuery } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'

export function readReceipts(sql: Sql, { digest, limit }: ReceiptQuery): readonly Receipt[] {
  let rows = sql.build
    .selectFrom('receipts')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit ?? 1000)
  if (digest !== undefined) {
    const naming = sql.build.selectFrom('receipt_digests').select('receipt_id')
    rows = rows.where('id', 'in', naming.where('value', '=', digest).where('side', '=', 'expected'))
  }
  return sql.all(rows).map((row) => ({
    id: row.uid,
    madeAt: row.made_at,
    ...{ user: row.user, hostname: row.hostname, os: row.os, hardware: row.hardware },
    ...{ version: row.version, session: row.session, verdict: row.verdict, accept: row.accept },
    holds: row.holds === 1,
    relativeTolerance: row.relative_tolerance,
    absoluteTolerance: row.absolute_tolerance,
    substitutions: substitutions(sql, row.id),
    outputs: outputs(sql, row.id),
  }))
}

const substitutions = (sql: Sql, receipt: number): readonly string[] =>
  sql
    .all(
      sql.build.selectFrom('receipt_substitutions').select('text').where('receipt_id', '=', receipt).orderBy('ordinal'),
    )
    .map((row) => row.text)

function outputs(sql: Sql, receipt: number): readonly ReceiptOutput[] {
  const rows = sql.build
    .selectFrom('receipt_outputs')
    .innerJoin('paths', 'paths.id', 'receipt_outputs.path_id')
    .select(['ordinal', 'step', 'verdict', 'difference', 'path', 'escaped'])
    .where('receipt_id', '=', receipt)
    .orderBy('ordinal')
  const digests = readDigests(sql, receipt)
  return sql.all(rows).map(({ ordinal, step, verdict, difference, ...path }) => ({
    path: bytePath(path) as BytePath,
    step,
    expected: digests.get(`${ordinal} expected`) ?? {},
    found: digests.get(`${ordinal} found`) ?? null,
    verdict,
    difference,
  }))
}

function readDigests(sql: Sql, receipt: number): ReadonlyMap<string, Digests> {
  const found = new Map<string, Record<string, string>>()
  const rows = sql.build.selectFrom('receipt_digests').selectAll().where('receipt_id', '=', receipt)
  for (const { ordinal, side, algorithm, value } of sql.all(rows)) {
    const key = `${ordinal} ${side}`
    found.set(key, { ...found.get(key), [algorithm]: value })
  }
  return found
}
