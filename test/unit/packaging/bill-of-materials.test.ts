import { describe, expect, it } from 'vitest';
import { shippedBill, type BillOfMaterials } from '../../../scripts/packaging/bill-of-materials.ts';

const component = (name: string) => ({
  'bom-ref': `${name}@1.0.0`,
  name,
  version: '1.0.0',
  scope: 'optional',
});

const LOCKFILE: BillOfMaterials = {
  bomFormat: 'CycloneDX',
  metadata: { component: { 'bom-ref': 'sandglass@0.1.0', name: 'somewhere' } },
  components: ['electron', 'svelte', 'clsx', 'vitest'].map(component),
  dependencies: [
    { ref: 'sandglass@0.1.0', dependsOn: ['svelte@1.0.0', 'vitest@1.0.0'] },
    { ref: 'svelte@1.0.0', dependsOn: ['clsx@1.0.0', 'vitest@1.0.0'] },
    { ref: 'vitest@1.0.0', dependsOn: [] },
  ],
};
const shipped = (...names: string[]) =>
  names.map((name) => ({ name, version: '1.0.0', license: 'MIT', folder: '' }));

describe('the bill of materials', () => {
  const bill = shippedBill(LOCKFILE, shipped('svelte', 'clsx'));

  it('lists what ships as required, Electron with it, and no tool of development', () => {
    expect(bill.components.map(({ name, scope }) => [name, scope])).toEqual([
      ['electron', 'required'],
      ['svelte', 'required'],
      ['clsx', 'required'],
    ]);
  });

  it('says what depends on what, among what ships', () => {
    expect(bill.dependencies).toEqual([
      { ref: 'sandglass@0.1.0', dependsOn: ['electron@1.0.0', 'svelte@1.0.0', 'clsx@1.0.0'] },
      { ref: 'svelte@1.0.0', dependsOn: ['clsx@1.0.0'] },
    ]);
  });

  it('has the product’s name, wherever its folder lies', () => {
    expect(bill.metadata.component['name']).toBe('Sandglass');
    expect(bill['bomFormat']).toBe('CycloneDX');
  });

  it('is refused where something ships that the lockfile does not know', () => {
    expect(() => shippedBill(LOCKFILE, shipped('svelte', 'leftpad'))).toThrow('leftpad@1.0.0');
  });
});
