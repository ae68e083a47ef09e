import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { ShippedPackage } from './bundled-packages.ts';

const ROOT = join(import.meta.dirname, '../..');

/** As much of CycloneDX as is looked at; the rest is passed on. https://cyclonedx.org/docs/1.5/json */
const bill = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(
    z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string(), scope: z.string() }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});
export type BillOfMaterials = z.infer<typeof bill>;

/**
 * The bill of everything that the lockfile has, tools for development and all.
 * @throws Error where npm cannot make it
 */
export function lockfileBill(): BillOfMaterials {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    // Said, for the build leaves NODE_ENV at production, and npm would leave out what is bundled.
    ['sbom', '--include=dev', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2, shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
  return bill.parse(JSON.parse(stdout));
}

/**
 * The bill of what ships: the packages in the bundle and beside it, and Electron. npm calls all but keytar a tool for
 * development, for they are bundled and nobody installs them; here they are what the product is made of.
 * @throws Error for a package that ships and is not in the lockfile
 */
export function shippedBill(all: BillOfMaterials, shipped: readonly ShippedPackage[]): BillOfMaterials {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const components = all.components
    .filter(({ name, version }) => name === 'electron' || wanted.has(`${name}@${version}`))
    .map((component) => ({ ...component, scope: 'required', properties: [] }));
  const found = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const lost = [...wanted].filter((entry) => !found.has(entry));
  if (lost.length > 0) throw new Error(`package-lock.json does not have ${lost.join(', ')}: run npm ci.`);
  const { component } = all.metadata;
  const refs = new Set(components.map((entry) => entry['bom-ref']));
  const dependencies = all.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  return {
    ...all,
    metadata: { ...all.metadata, component: { ...component, name: 'Sandglass' } },
    components,
    dependencies: [{ ref: component['bom-ref'], dependsOn: [...refs] }, ...dependencies],
  };
}
