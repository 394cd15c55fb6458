/** URLs as places of data, and what of them may be written down. */
const pattern = /^([a-z][a-z0-9+.-]*):\/\/./i

export const schemeOf = (url: string): string => (pattern.exec(url)?.[1] ?? '').toLowerCase()

/** What signs a URL for whoever holds it, in S3, Google, Azure, CloudFront and the rest. */
const secretParameters = [
  /^x-(amz|goog)-/i,
  /^(awsaccesskeyid|googleaccessid|signature|sig|expires|key-pair-id|policy)$/i,
  /^(se|sp|sv|sr|st|spr|skoid|sktid|skt|ske|sks|skv)$/,
  /(token|secret|password|passwd|credential|api_?key|access_?key|auth)/i,
]

/** Without user, password, and whatever is a key to it. */
export function withoutSecrets(url: string): string {
  if (!/^https?:/i.test(url)) return url.replace(/:\/\/[^/@]*@/, '://')
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  for (const name of [...parsed.searchParams.keys()])
    if (secretParameters.some((one) => one.test(name))) parsed.searchParams.delete(name)
  return parsed.href
}
