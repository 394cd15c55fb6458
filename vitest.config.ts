import { defineConfig } from 'vitest/config'

// Packages are tested from their sources: the `roar-source` condition of every `exports` map points there.
export default defineConfig({
  resolve: { conditions: ['roar-source', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['roar-source', 'node', 'import', 'default'] } },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: './scripts/test-place.mjs',
    // A busy machine is no fault: a test that hangs is found later, one that is slow is not failed.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    pool: 'forks',
  },
})
