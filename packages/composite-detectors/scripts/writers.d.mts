export function writersPython(): string | null
