/** Receipts, newest first: all of them, or those in which a content was to be made again. */
import type { BytePath, Digests, Receipt, ReceiptOutput, ReceiptQuery } from '@roar/core'
import { bytePath } from '../path-text.ts'
import type { Sql } from '../sql.ts'

export function readReceipts(sql: Sql, { digest, limit = 1000 }: ReceiptQuery): readonly Receipt[] {
  const rows = digest === undefined ? sql.all('receipts', { limit }) : sql.all('receiptsOfDigest', { limit, digest })
  return rows.map((row) => ({
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
  sql.all('substitutionsOfReceipt', { receipt }).map((row) => row.text)

function outputs(sql: Sql, receipt: number): readonly ReceiptOutput[] {
  const digests = readDigests(sql, receipt)
  return sql.all('outputsOfReceipt', { receipt }).map(({ ordinal, step, verdict, difference, ...path }) => ({
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
  for (const { ordinal, side, algorithm, value } of sql.all('digestsOfReceipt', { receipt })) {
    const key = `${ordinal} ${side}`
    found.set(key, { ...found.get(key), [algorithm]: value })
  }
  return found
}
