#!/usr/bin/env node
/** The oldest Node.js that has node:sqlite without a flag and that undici runs on. */
const OLDEST = [22, 19] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
  const { enableCompileCache } = await import('node:module');
  // What was compiled is kept for the next call, which starts that much sooner.
  enableCompileCache();
  // Only now: on an older Node.js the import itself fails, in words that help nobody.
  await import('./cli-rooms.ts');
} else {
  console.error(
    `sandglass: This is Node.js ${process.versions.node}; sandglass needs ${OLDEST.join('.')} or newer.`,
  );
  process.exitCode = 1;
}

export {};
