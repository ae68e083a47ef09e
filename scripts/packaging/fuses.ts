import { FuseState, FuseV1Options, FuseVersion, type FuseV1Config } from '@electron/fuses';

/**
 * What a packaged Electron may still be turned into: nothing but Sandglass. All nine are set, so that a new default in
 * Electron changes none. https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const FUSES = {
  /** The signed app must not run anybody's script as Node.js. */
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  /** Pages come from app://, never from file://. */
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  /** WebAssembly's bounds are guarded by the memory's own protection, as Electron has it. */
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies Record<FuseV1Options, boolean>;

/**
 * The table as @electron/fuses takes it: it refuses an Electron whose wire holds a fuse that is not in it.
 * @param platform as Electron names it
 */
export function fuseConfig(platform: string): FuseV1Config {
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // Changing a byte breaks the signature that Electron comes with, without which arm64 starts nothing.
    resetAdHocDarwinSignature: platform === 'darwin',
    ...FUSES,
  };
}

/**
 * Each fuse by name, as a wire says it.
 * @param wire what `getCurrentFuseWire` of @electron/fuses answers
 */
export function namedFuses(wire: FuseV1Config<FuseState>): Record<string, boolean | 'unknown'> {
  const named = Object.entries(wire).filter(([index]) => index !== 'version');
  return Object.fromEntries(named.map(([index, state]) => [nameOf(Number(index)), isOn(state)]));
}

/** The table by name. */
export const PROMISED_FUSES: Record<string, boolean> = Object.fromEntries(
  Object.entries(FUSES).map(([index, on]) => [nameOf(Number(index)), on]),
);

function nameOf(index: number): string {
  return FuseV1Options[index] ?? `fuse ${index}`;
}

function isOn(state: unknown): boolean | 'unknown' {
  if (state === FuseState.ENABLE) return true;
  return state === FuseState.DISABLE ? false : 'unknown';
}
