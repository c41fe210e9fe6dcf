// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vite';
import { firstLoadGate } from './firstLoad.ts';

export default defineConfig({
  plugins: [firstLoadGate()],
  // the server puts another word here for each answer
  html: { cspNonce: '__NONCE__' },
  build: {
    // the first versions that know light-dark(), on which both colour schemes stand
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // the jar serves what lies under META-INF/resources at /
    outDir: 'target/classes/META-INF/resources',
    emptyOutDir: true,
    // the content security policy refuses data: addresses for scripts and fonts
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // the licences of what is bundled travel with it
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      // "use client" is for servers that render; there is none here
      onLog: (level, log, write) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && write(level, log),
    },
  },
  server: {
    proxy: { '/api': 'http://localhost:8080' },
  },
});
