import { LifecycleRules } from '../signing/lifecycle-rules.ts';
import type { BrowsingPorts } from './browsing.ts';
import { accessTo, type Destination } from './destination.ts';

/** The lifecycle of the destination's bucket. @throws SandglassError where it cannot be reached */
export async function lifecycleOf(
  destination: Destination,
  { locator, clock }: Pick<BrowsingPorts, 'locator' | 'clock'>,
): Promise<LifecycleRules> {
  const access = await accessTo(destination, locator, clock);
  return new LifecycleRules(() => access.client(), destination.bucket);
}

export type { LifecycleRules };
export type { LifecycleChange, LifecyclePreview } from '../signing/lifecycle-rules.ts';
export { ownId, type OwnRule } from '../signing/lifecycle-document.ts';
