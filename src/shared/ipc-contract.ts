import { z } from 'zod';
import {
  accountDraft,
  board,
  checkStep,
  failure,
  life,
  lifePreview,
  offeredFile,
  shareId,
  sharePage,
  shareRow,
} from './board.ts';
import {
  lifecycleAsked,
  lifecycleChange,
  lifecyclePreview,
  lifecyclePut,
  lifecycleRemoval,
  lifecycleView,
  removed,
  shareOptions,
} from './ending-view.ts';
import {
  arrivalsAsked,
  arrivalsFound,
  formInvitation,
  invitationText,
  linkInvitation,
  pageAnswer,
  readyInvitation,
} from './invitation-view.ts';
import {
  bucketPage,
  dropPlace,
  linkTarget,
  objectAsked,
  pageAsked,
  versionsAsked,
  versionsPage,
} from './bucket-view.ts';
import { LANGUAGE_CHOICES } from './words/language.ts';

const nothing = z.strictObject({});
const oneShare = z.strictObject({ id: shareId });
const named = z.strictObject({ name: z.string().min(1).max(64) });
const done = z.null();

const request = <Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) => ({
  input,
  output,
});

/**
 * The one list of what may pass between the window and the main process. Main's handlers, the preload's bridge and the
 * window's types are all derived from this value; a channel that is not here does not exist.
 */
export const ipcContract = {
  /** Asked by the window, answered by main. */
  requests: {
    readBoard: request(nothing, board),
    /** Newest first; `search` is looked for in the name and the key. */
    readShares: request(
      z.strictObject({
        search: z.string().max(200),
        offset: z.number().int().nonnegative().max(10_000_000),
        limit: z.number().int().min(1).max(200),
      }),
      sharePage,
    ),
    /** The paths come from the preload alone, which has them from the operating system. */
    offerFiles: request(
      z.strictObject({ paths: z.array(z.string().min(1).max(32_768)).min(1).max(1_000) }),
      z.array(offeredFile),
    ),
    /** Opens the system's dialog. */
    chooseFiles: request(nothing, z.array(offeredFile)),
    /**
     * The links are on the clipboard when this answers; the uploads have begun. A file that is running already may be
     * asked for once more, under the same id; with `again` it is sent all the same.
     */
    startShares: request(
      z.strictObject({
        fileIds: z.array(z.uuid()).min(1).max(1_000),
        life,
        again: z.boolean().optional(),
        /** Where they go; without it, to the account's own bucket. */
        place: dropPlace.optional(),
        /** What is stored with them, and whether they go with their links; without it, nothing and no. */
        options: shareOptions.optional(),
      }),
      z.array(
        z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('started'), row: shareRow }),
          /** The very file is being sent already; its link is on the clipboard again. */
          z.strictObject({ kind: z.literal('running'), row: shareRow }),
          z.strictObject({ kind: z.literal('refused'), name: z.string(), failure }),
        ]),
      ),
    ),
    /** Derives the link again and puts it on the clipboard. */
    copyShare: request(oneShare, done),
    pauseShare: request(oneShare, done),
    resumeShare: request(oneShare, done),
    cancelShare: request(oneShare, done),
    /** Starts a failed share over, from the same file. */
    retryShare: request(oneShare, shareRow),
    /** A new link to the same object, on the clipboard; the old one keeps its own end. */
    extendShare: request(z.strictObject({ id: shareId, life }), shareRow),
    /** Deletes the object; the answer tells which was done. */
    revokeShare: request(oneShare, removed),
    /** What a link signed now would be; keeps nothing. */
    previewLife: request(z.strictObject({ life }), lifePreview),
    /** What a new link to a share would be; it is signed by the share's own account. */
    previewExtension: request(z.strictObject({ id: shareId, life }), lifePreview),
    /** What a link to an object would be that is there already: an archive may limit it. */
    previewObject: request(objectAsked.extend({ life }), lifePreview),
    /** Keeps for the next time whether objects go with their links. */
    chooseGoneAtEnd: request(z.strictObject({ goneAtEnd: z.boolean() }), done),
    /** Chooses it for one share whose link lives. */
    chooseEnd: request(oneShare.extend({ goes: z.boolean() }), shareRow),
    /** The rules that Sandglass has set in the current account's bucket. */
    showLifecycle: request(nothing, lifecycleView),
    /** What setting a rule would do; changes nothing. */
    previewLifecycle: request(lifecycleAsked, lifecyclePreview),
    /** Sets the rule that was shown. */
    putLifecycle: request(lifecyclePut, lifecycleChange),
    removeLifecycle: request(lifecycleRemoval, lifecycleChange),
    /** Keeps the choice for the next time. */
    chooseLife: request(z.strictObject({ life }), done),
    /** Names of the profiles in ~/.aws. */
    listProfiles: request(nothing, z.array(z.string())),
    /** The buckets that these keys may list; null where they may not. */
    listBuckets: request(z.strictObject({ draft: accountDraft }), z.array(z.string()).nullable()),
    /** A real round trip. */
    testAccount: request(z.strictObject({ draft: accountDraft }), z.array(checkStep)),
    connectAccount: request(z.strictObject({ draft: accountDraft }), done),
    /** Looks whether there is a keychain for new keys; the board says what was found. */
    probeVault: request(nothing, done),
    /** Puts another key pair in the place of an account's own. */
    renewKeys: request(
      z.strictObject({
        name: z.string().min(1).max(64),
        accessKeyId: z.string().min(1).max(256),
        secretAccessKey: z.string().min(1).max(1_024),
      }),
      done,
    ),
    selectAccount: request(named, done),
    removeAccount: request(named, done),
    changePreferences: request(
      z.strictObject({
        launchAtLogin: z.boolean(),
        globalShortcut: z.string().max(64).nullable(),
        /** As `parseBandwidth` reads it. */
        bandwidth: z.string().min(1).max(500),
      }),
      done,
    ),
    chooseLanguage: request(z.strictObject({ language: z.enum(LANGUAGE_CHOICES) }), done),
    /** The buckets that the current account's keys may list; null where they may not. */
    browseBuckets: request(nothing, z.array(z.string()).nullable()),
    /** A page of what stands under a prefix, by the current account's keys. */
    browse: request(pageAsked, bucketPage),
    listVersions: request(versionsAsked, versionsPage),
    /** A link to an object that is there already, on the clipboard and among the shares. */
    linkObject: request(linkTarget.extend({ life }), shareRow),
    /** Somebody else may upload one object: the link is on the clipboard, and its row awaits it. */
    inviteByLink: request(linkInvitation, readyInvitation),
    /** Somebody else may upload files, within limits: the line for it is on the clipboard. */
    inviteByForm: request(formInvitation, readyInvitation),
    /** Derives an invitation again, to be shown. */
    showInvitation: request(oneShare, readyInvitation),
    /** Derives an invitation again, and puts it on the clipboard. */
    copyInvitation: request(invitationText, done),
    /** A new invitation to the same place, on the clipboard; the old one keeps its own end. */
    extendInvitation: request(z.strictObject({ id: shareId, life }), readyInvitation),
    /** Writes a form as a page that a person can open, where the system's dialog is told. */
    saveUploadPage: request(oneShare, pageAnswer),
    lookForArrivals: request(arrivalsAsked, arrivalsFound),
  },
  /** Told by main. */
  pushes: {
    boardChanged: board,
    /** Rows that are new or have changed; at most ten times a second for each share. */
    sharesChanged: z.strictObject({ rows: z.array(shareRow) }),
    /** Rows were added or removed: what the window holds of the list is to be read again. */
    sharesListed: nothing,
    /** The window is to open its file dialog, or look at something; from the menu, the tray or a notification. */
    asked: z.strictObject({ to: z.enum(['choose-files', 'connect', 'preferences']) }),
  },
} as const;

export type Requests = typeof ipcContract.requests;
export type RequestName = keyof Requests;
export type RequestInput<Name extends RequestName> = z.infer<Requests[Name]['input']>;
export type RequestOutput<Name extends RequestName> = z.infer<Requests[Name]['output']>;

/** Every request is answered by one of these; nothing is ever thrown across. */
export type Answer<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly failure: z.infer<typeof failure> };

export type Pushes = typeof ipcContract.pushes;
export type PushName = keyof Pushes;
export type Push<Name extends PushName> = z.infer<Pushes[Name]>;

/** What the window sees as `window.sandglass`: one function for each request, one listener for each push. */
export type Bridge = {
  readonly [Name in Exclude<RequestName, 'offerFiles'>]: (
    input: RequestInput<Name>,
  ) => Promise<Answer<RequestOutput<Name>>>;
} & {
  /** Files as they were dropped, pasted or picked; their paths never reach the page. */
  readonly offerFiles: (files: readonly File[]) => Promise<Answer<RequestOutput<'offerFiles'>>>;
} & {
  /** Calls back at each push; the function it gives ends that. */
  readonly [Name in PushName as `on${Capitalize<Name>}`]: (
    listener: (push: Push<Name>) => void,
  ) => () => void;
};

/** The channel's name as Electron sees it. */
export function channelOf(name: RequestName | PushName): string {
  return `sandglass:${name}`;
}
