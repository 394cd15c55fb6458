/** The Content-Security-Policy of the pages: nothing from elsewhere, no script but our own file, no frame around. */
export const contentPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
