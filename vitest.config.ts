import { defineConfig } from 'vitest/config'

// Packages are tested from their sources: the `roar-source` condition of every `exports` map points there.
// 'import' is no condition of ours: named here it would hold for every require() too, and pg finds a module where it wants a class.
export default defineConfig({
  resolve: { conditions: ['roar-source', 'node'] },
  ssr: { resolve: { conditions: ['roar-source', 'node'] } },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: './scripts/test-place.mjs',
    // A busy machine is no fault: a test that hangs is found later, one that is slow is not failed.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    pool: 'forks',
    // One file a processor; Vitest leaves one processor idle, which on two takes a third longer.
    maxWorkers: '100%',
  },
})
