import type {
  LifecycleChangeView,
  LifecyclePlace,
  LifecyclePreviewView,
  LifecyclePut,
  LifecycleRemoval,
  LifecycleView,
} from '../../shared/ending-view.ts';
import { SandglassError } from '../../shared/errors.ts';
import { accountPrint, type Destination } from '../share/destination.ts';
import { ownId, type LifecycleChange, type LifecycleRules } from '../share/lifecycle.ts';
import type { AccountDesk } from './account-desk.ts';

export interface LifecycleDeskPorts {
  readonly accounts: Pick<AccountDesk, 'dropTarget'>;
  readonly lifecycleOf: (
    destination: Destination,
  ) => Promise<Pick<LifecycleRules, 'show' | 'preview' | 'put' | 'remove'>>;
}

/**
 * The rule by which the current account's bucket deletes by itself what lies where drops go. Every method throws
 * SandglassError where the bucket cannot be asked or refuses.
 */
export class LifecycleDesk {
  readonly #ports: LifecycleDeskPorts;

  constructor(ports: LifecycleDeskPorts) {
    this.#ports = ports;
  }

  async show(): Promise<LifecycleView> {
    const { account, bucket, prefix, rules } = await this.#open();
    const { own, others } = await rules.show();
    return { account, bucket, prefix, rules: [...own], others };
  }

  /** What setting the rule would do; changes nothing. @param days whole days after the upload */
  async preview(days: number): Promise<LifecyclePreviewView> {
    const { account, bucket, prefix, rules } = await this.#open();
    return { account, bucket, ...(await rules.preview(prefix ?? '', days)) };
  }

  /** Sets the rule that was shown, where it is still of the place that drops go to. */
  async put({ rule, ...shown }: LifecyclePut): Promise<LifecycleChangeView> {
    const { prefix, rules, ...place } = await this.#open();
    if (!isSame(place, shown) || rule.prefix !== prefix || rule.id !== ownId(prefix)) throw movedOn();
    return viewOf(place, await rules.put(rule));
  }

  /** Takes a rule of Sandglass's own away. */
  async remove({ prefix, ...shown }: LifecycleRemoval): Promise<LifecycleChangeView> {
    const { account, bucket, rules } = await this.#open();
    if (!isSame({ account, bucket }, shown)) throw movedOn();
    return viewOf({ account, bucket }, await rules.remove(prefix));
  }

  async #open() {
    const { prefix, ...destination } = this.#ports.accounts.dropTarget();
    const rules = await this.#ports.lifecycleOf(destination);
    const { bucket } = destination;
    return { account: accountPrint(destination), bucket, prefix: folderOf(prefix), rules };
  }
}

/** As keys begin that are made below it: without the slash, a rule would hold for its neighbours too. */
function folderOf(prefix = ''): string | null {
  if (prefix === '') return null;
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
}

function isSame(place: LifecyclePlace, shown: LifecyclePlace): boolean {
  return place.account === shown.account && place.bucket === shown.bucket;
}

function viewOf(place: LifecyclePlace, { own, others, isConfirmed }: LifecycleChange): LifecycleChangeView {
  return { ...place, rules: [...own], others, isConfirmed };
}

function movedOn(): SandglassError {
  return new SandglassError('bad-usage', 'Another account is chosen than the one that was shown.', {
    next: 'Nothing was changed. Look again, then decide.',
  });
}
