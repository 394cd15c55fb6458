/** An environment with a tracer's additions: a text sets a variable, null removes it. */
export function changedEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string | undefined> {
  const changed: Record<string, string | undefined> = { ...env }
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete changed[name]
    else changed[name] = value
  }
  return changed
}
