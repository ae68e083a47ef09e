/** Writes THIRD-PARTY.md, and the licences' texts that go into the packages: `npm run third-party`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { besideTheBundle, bundledPackages, type ShippedPackage } from './bundled-packages.ts';
import { electronVersion } from './electron-folder.ts';
import { licenceOf, licenceTable, licenceTexts } from './licences.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Where the packages take the texts from. */
export const LICENCE_TEXTS = join(ROOT, 'dist/third-party-licences.txt');

/** Everything of others that ships, but for Electron. */
export async function shippedPackages(): Promise<ShippedPackage[]> {
  return [...(await bundledPackages()), ...besideTheBundle()];
}

/**
 * What THIRD-PARTY.md has to say.
 * @throws Error for a licence that nobody has agreed to yet
 */
export function thirdPartyPage(packages: readonly ShippedPackage[]): string {
  return licenceTable(packages.map(licenceOf), electronVersion());
}

/** @throws Error for a licence that nobody has agreed to yet */
export function writeLicenceTexts(packages: readonly ShippedPackage[]): void {
  mkdirSync(dirname(LICENCE_TEXTS), { recursive: true });
  writeFileSync(LICENCE_TEXTS, licenceTexts(packages.map(licenceOf)));
}

/** @throws Error for a licence that nobody has agreed to yet */
export function writeThirdParty(packages: readonly ShippedPackage[]): void {
  writeFileSync(join(ROOT, 'THIRD-PARTY.md'), thirdPartyPage(packages));
  writeLicenceTexts(packages);
}

if (import.meta.main) writeThirdParty(await shippedPackages());
