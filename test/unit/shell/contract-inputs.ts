import type { AccountDraft } from '../../../src/shared/board.ts';
import { ipcContract, type RequestInput, type RequestName } from '../../../src/shared/ipc-contract.ts';

export const requestNames = Object.keys(ipcContract.requests) as RequestName[];

export const FILE_ID = 'b2f6f2a8-0d7e-4a1b-9a53-6f0f3c1d2e4f';
const life = { kind: 'seconds', seconds: 3_600 } as const;
const one = { id: 'a1b2c3d4e5' };
export const draft: AccountDraft = {
  ...{ name: 'mine', keys: { in: 'keychain', accessKeyId: 'AKIA', secretAccessKey: 's' } },
  ...{ endpoint: null, region: null, pathStyle: null, bucket: 'films', prefix: null },
};

/** One sound input for each request of the contract. */
export const soundInputs: { readonly [Name in RequestName]: RequestInput<Name> } = {
  readBoard: {},
  readShares: { search: '', offset: 0, limit: 50 },
  offerFiles: { paths: ['/home/ada/a.txt'] },
  chooseFiles: {},
  startShares: { fileIds: [FILE_ID], life },
  copyShare: one,
  pauseShare: one,
  resumeShare: one,
  cancelShare: one,
  retryShare: one,
  extendShare: { ...one, life },
  revokeShare: one,
  previewLife: { life },
  previewExtension: { ...one, life },
  chooseLife: { life },
  previewObject: { bucket: 'films', key: 'a.txt', versionId: null, life },
  chooseGoneAtEnd: { goneAtEnd: true },
  chooseEnd: { ...one, goes: true },
  showLifecycle: {},
  previewLifecycle: { days: 8 },
  putLifecycle: {
    account: 'mine',
    bucket: 'films',
    rule: {
      ...{ id: 'sandglass-0123456789abcdef', prefix: 'inbox/', days: 8, abortDays: 7, endsVersions: false },
    },
  },
  removeLifecycle: { account: 'mine', bucket: 'films', prefix: 'inbox/' },
  listProfiles: {},
  listBuckets: { draft },
  testAccount: { draft },
  connectAccount: { draft },
  selectAccount: { name: 'mine' },
  removeAccount: { name: 'mine' },
  probeVault: {},
  renewKeys: { name: 'mine', accessKeyId: 'AKIA', secretAccessKey: 's' },
  changePreferences: { launchAtLogin: true, globalShortcut: null, bandwidth: 'off' },
  chooseLanguage: { language: 'de' },
  browseBuckets: {},
  browse: { bucket: 'films', prefix: '', after: null, limit: 1_000 },
  listVersions: { bucket: 'films', key: 'a.txt', after: null },
  inviteByLink: {
    ...{ place: null, name: 'a.txt', contentType: null, overwrite: false },
    ...{ life, linkLife: life },
  },
  inviteByForm: {
    ...{ place: { bucket: 'films', prefix: 'in/' }, folder: '', contentType: 'image/*' },
    ...{ minBytes: 0, maxBytes: null, life, linkLife: life },
  },
  showInvitation: one,
  copyInvitation: { ...one, what: 'line' },
  extendInvitation: { ...one, life },
  saveUploadPage: one,
  lookForArrivals: { id: null },
  linkObject: {
    ...{ bucket: 'films', key: 'a.txt', versionId: null, life },
    wishes: { downloadAs: null, inline: false, contentType: null, cacheControl: null },
  },
};
