/**
 * All words of the window, in English. Another language is another value of the same type, `WindowWords`; words that
 * hold a number, a name or a moment are functions, because each language orders and counts in its own way.
 */
export const windowWords = {
  /** For `lang` and for how numbers and dates are written. */
  language: 'en',

  app: {
    name: 'Sandglass',
    opening: 'Opening…',
    tryAgain: 'Try again',
    close: 'Close',
    cancel: 'Cancel',
    back: 'Back to the shares',
    keysAreForgotten: 'No keychain was found: keys are kept in memory, and forgotten when Sandglass quits.',
    bridgeBroke: 'Sandglass did not answer.',
    bridgeBrokeNext: 'Try again; if it happens again, close the window and open it anew.',
    requestId: (id: string) => `Request id ${id}`,
  },

  time: {
    units: { d: 'd', h: 'h', min: 'min', s: 's' },
    left: (time: string) => `${time} left`,
    tomorrow: (time: string) => `tomorrow ${time}`,
    yesterday: (time: string) => `yesterday ${time}`,
    today: (time: string) => `today ${time}`,
    bytesOf: (sent: string, total: string, unit: string) => `${sent} of ${total} ${unit}`,
    perSecond: (size: string) => `${size}/s`,
  },

  drop: {
    title: 'Drop files here',
    hint: 'They go to your own bucket. The link is on your clipboard at once, and ends on time.',
    choose: 'Choose files…',
    release: 'Let go to share',
    releaseHint: (life: string) => `The link is copied at once. ${life}`,
    releaseUnconnected: 'You will be asked for a bucket first.',
    waiting: (count: number) =>
      count === 1
        ? 'One file waits: it is shared as soon as a bucket is connected.'
        : `${count} files wait: they are shared as soon as a bucket is connected.`,
  },

  life: {
    title: 'The link lives',
    seconds: {
      600: '10 min',
      3600: '1 h',
      43_200: '12 h',
      86_400: '1 day',
      259_200: '3 days',
      604_800: '7 days',
    },
    otherSeconds: (time: string) => time,
    until: 'Until…',
    untilLabel: 'The link ends on',
    ends: (end: string) => `Ends ${end}`,
    endsWithCredentials: (end: string, asked: string) => `Ends ${end} with your sign-in, not ${asked}`,
    endsAtMaximum: (end: string, asked: string) =>
      `Ends ${end}, not ${asked}: no link lives longer than 7 days`,
    uncertain: 'perhaps sooner: your sign-in does not tell its end',
    pickMoment: 'Pick a date and time within 7 days',
  },

  shares: {
    title: 'Shares',
    search: 'Search shares',
    clearSearch: 'Clear the search',
    /** The number, and as it is written. */
    count: (count: number, written: string) => (count === 1 ? '1 share' : `${written} shares`),
    empty: 'Nothing is shared yet',
    nothingFound: (search: string) => `No share is named like “${search}”`,
    reading: 'Reading…',
    more: (name: string) => `All actions for ${name}`,
  },

  standing: {
    copiedEarly: 'copied; works when the upload is done',
    progress: (name: string) => `Upload of ${name}`,
    starting: 'starting…',
    finishing: 'finishing…',
    paused: 'Paused',
    pausedBecause: (why: string) => `Paused: ${why}`,
    interrupted: 'Interrupted; not in the bucket yet',
    works: 'The link works',
    dead: (why: string) => `The link does not work: ${why}`,
    ended: (when: string) => `Ended ${when}`,
    failed: 'The upload failed',
    failedBecause: (why: string) => why,
    cancelled: 'Cancelled',
    revoked: 'Revoked: the file is deleted',
    limitedBy: {
      credentials: 'ends with the sign-in',
      maximum: 'ends at the 7 days that links live at most',
    },
  },

  actions: {
    copy: 'Copy link',
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel upload',
    retry: 'Try again',
    extend: 'New link…',
    revoke: 'Revoke…',
    details: 'Details',
    extendFor: (name: string) => `A new link to ${name} that lives`,
    extendTitle: 'A new link that lives',
    keys: { enter: 'Enter', space: 'Space', delete: 'Del' },
  },

  told: {
    started: (count: number) =>
      count === 1
        ? 'Link copied; works when the upload is done'
        : `${count} links copied; each works when its upload is done`,
    copied: 'Link copied',
    extended: (end: string) => `New link copied; it ends ${end}`,
    revoked: (name: string) => `${name} is deleted; its links are dead`,
    cancelled: (name: string) => `The upload of ${name} is cancelled`,
    connected: (name: string) => `${name} is connected`,
    removed: (name: string) => `${name} is removed`,
    refused: (name: string, why: string) => `${name}: ${why}`,
    dismiss: 'Dismiss',
    region: 'Messages',
  },

  revoke: {
    title: (name: string) => `Revoke ${name}?`,
    body: (key: string, bucket: string) =>
      `This deletes “${key}” from the bucket “${bucket}”. Every link to it ends, those made with “New link” too. ` +
      'It cannot be undone.',
    confirm: 'Delete and revoke',
  },

  details: {
    title: 'Details',
    bucket: 'Bucket',
    key: 'Key',
    region: 'Region',
    endpoint: 'Endpoint',
    defaultEndpoint: 'Amazon S3',
    origin: 'Signed by',
    size: 'Size',
    shared: 'Shared',
    signed: 'Signed',
    asked: 'Asked to end',
    ends: 'Ends',
    limit: 'Limited by',
    limits: {
      credentials: 'The end of the sign-in that signed it',
      maximum: 'The 7 days that a link lives at most',
      none: 'Nothing: it ends when it was asked to',
    },
    state: 'State',
  },

  accounts: {
    switcher: 'Account',
    none: 'No bucket connected',
    another: 'Connect another…',
    remove: (name: string) => `Remove ${name}…`,
    removeTitle: (name: string) => `Remove ${name}?`,
    removeBody:
      'Its keys are forgotten on this computer. What was shared with it stays in the bucket, and its links live on ' +
      'until they end; Sandglass can no longer copy or revoke them.',
    removeConfirm: 'Remove',
  },

  connect: {
    title: 'Connect a bucket',
    hint: 'Files go straight to your own storage; nobody stands in between.',
    provider: 'Where is the bucket?',
    providers: {
      aws: 'Amazon S3',
      r2: 'Cloudflare R2',
      b2: 'Backblaze B2',
      wasabi: 'Wasabi',
      spaces: 'DigitalOcean Spaces',
      custom: 'MinIO, Ceph, other',
    },
    keys: 'Which keys?',
    keysPair: 'A key pair',
    keysProfile: 'A profile of this computer',
    profile: 'Profile',
    accessKeyId: 'Access key ID',
    secret: 'Secret access key',
    secretHint: {
      keychain: 'Kept in the keychain, and nowhere else.',
      memory: 'Kept until Sandglass quits.',
    },
    accountId: 'Account ID',
    accountIdHint: 'In the Cloudflare dashboard, under R2.',
    region: 'Region',
    optionalRegion: 'Region, if you know it',
    example: (text: string) => `for example ${text}`,
    endpoint: 'Endpoint',
    pathStyle: 'Bucket in the path (most MinIO and Ceph servers)',
    bucket: 'Bucket',
    findBuckets: 'Find',
    findBucketsLong: 'Find the buckets of these keys',
    bucketsFound: (count: number) =>
      count === 0 ? 'These keys have no bucket yet.' : `${count} found: pick one, or type a name.`,
    bucketsHidden: 'These keys may not list buckets; type the name.',
    prefix: 'Folder in the bucket, if any',
    name: 'Name of this account',
    more: 'More',
    test: 'Test',
    testing: 'Testing…',
    connect: 'Connect',
    connecting: 'Connecting…',
    steps: 'What was tried',
    stepWorked: 'worked',
    stepFailed: (permission: string) => `failed; needs ${permission}`,
    allWorked: 'All of it worked.',
  },

  preferences: {
    title: 'Preferences',
    launchAtLogin: 'Start Sandglass when I log in',
    launchAtLoginHint: 'It waits in the tray, without a window.',
    shortcut: 'Keys that open Sandglass from anywhere',
    shortcutNone: 'None',
    shortcutRecord: 'Record…',
    shortcutPress: 'Press the keys…',
    shortcutClear: 'Remove',
    shortcutHint: 'Hold Ctrl, Alt or Cmd with a letter, a digit or a function key. Esc leaves it as it is.',
    version: (version: string) => `Sandglass ${version}`,
  },
};

export type WindowWords = typeof windowWords;
