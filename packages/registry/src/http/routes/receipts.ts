/** Receipts of reproduction. */
import { Type } from 'typebox'
import { closed, DigestReference, PageQuery, Receipt, ReceiptClaim, ReceiptPage } from '../../api/index.ts'
import type { Registry } from '../../registry.ts'
import { audit } from '../../write/audit.ts'
import { addReceipt, receiptPage } from '../../write/receipts.ts'
import { type App, pageOf } from '../app.ts'

const tags = ['reproduction']

export function receiptRoutes(app: App, registry: Registry): void {
  app.post(
    '/api/v1/receipts',
    { schema: { tags, body: ReceiptClaim, response: { 200: Receipt } } },
    async (request) => {
      const receipt = await addReceipt(registry, request.principal, request.body)
      await audit(registry, request, 'receipt.add', receipt.receipt_id)
      return receipt
    },
  )
  app.get(
    '/api/v1/artifacts/:ref/receipts',
    {
      schema: {
        tags,
        params: Type.Object({ ref: DigestReference }),
        querystring: Type.Object(PageQuery, closed),
        response: { 200: ReceiptPage },
      },
    },
    async (request) => receiptPage(registry, request.principal, request.params.ref, pageOf(request.query)),
  )
}
