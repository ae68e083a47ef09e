import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/**
 * Everything but keytar is bundled, so what ships has no node_modules to audit file by file.
 * keytar holds a native binary and may be absent: it is looked up when the app runs.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node22',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          cli: 'src/main/cli.ts',
          // Both faces start it, so who starts it lies in a chunk that they share, and looks for it beside itself.
          'chunks/hash-thread': 'src/main/platform/hash-thread.ts',
        },
        external: ['electron', 'keytar'],
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      // A sandboxed preload is loaded as CommonJS, whatever package.json says.
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: { root: 'src/renderer', plugins: [svelte()], build: { minify: true } },
});
