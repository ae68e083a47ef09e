/** The list of shares, and what the window says of what was done. */
export const shares = {
  title: 'Shares',
  search: 'Search shares',
  clearSearch: 'Clear the search',
  /** The number, and as it is written. */
  count: (count: number, written: string) => (count === 1 ? '1 share' : `${written} shares`),
  nothingFound: (search: string) => `No share is named like “${search}”`,
  reading: 'Reading…',
  more: (name: string) => `All actions for ${name}`,
};

export const standing = {
  copiedEarly: 'copied; works when the upload is done',
  progress: (name: string) => `Upload of ${name}`,
  worksLater: 'The link works when the upload is done',
  restarted: 'The server had lost it, so it is sent anew',
  waits: 'waits for its turn',
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
  awaited: {
    waits: { put: 'Waits for an upload', form: 'Takes uploads' },
    who: {
      put: (end: string) => `Whoever has the link may upload until ${end}`,
      form: (end: string) => `Whoever has the form may upload until ${end}`,
    },
    /** What came by a form stands in the list by itself. */
    ended: {
      put: (when: string) => `Upload link ended ${when}; no upload was seen`,
      form: (when: string) => `Upload form ended ${when}`,
    },
    unseen: (why: string) => `Whether it has arrived cannot be seen: ${why}`,
  },
  limitedBy: {
    credentials: 'ends with the sign-in',
    maximum: 'ends at the 7 days that links live at most',
    restore: 'ends when the restored copy is taken away',
  },
};

export const actions = {
  copy: 'Copy link',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel upload',
  retry: 'Try again',
  extend: 'New link…',
  revoke: 'Revoke…',
  details: 'Details',
  look: 'Look now',
  show: 'Show how to upload…',
  invite: 'New invitation…',
  forsake: 'Wait no more',
  keys: { enter: 'Enter', space: 'Space', delete: 'Del' },
};

export const told = {
  started: (count: number) =>
    count === 1
      ? 'Link copied; works when the upload is done'
      : `${count} links copied; each works when its upload is done`,
  running: (name: string) => `${name} is being sent already; its link is copied again`,
  sendAnyway: 'Send it anyway',
  sendingAgain: (name: string) => `Sending ${name} again; its link stays the same`,
  copied: 'Link copied',
  extended: (end: string) => `New link copied; it ends ${end}`,
  revoked: (name: string) => `${name} is deleted; its links are dead`,
  cancelled: (name: string) => `The upload of ${name} is cancelled`,
  arrived: (count: number) => (count === 1 ? 'It has arrived' : `${count} files have arrived`),
  notArrived: 'Nothing new has arrived',
  forsaken: (name: string) => `${name} is awaited no more`,
  /** Nothing takes back what was given out. */
  forsakenOpen: (name: string, end: string) =>
    `${name} is awaited no more; whoever was invited may still upload until ${end}`,
  connected: (name: string) => `${name} is connected`,
  removed: (name: string) => `${name} is removed`,
  refused: (name: string, why: string) => `${name}: ${why}`,
  /** Several that were refused at once; the number, and as it is written. */
  notShared: (count: number, written: string) =>
    count === 1 ? 'One file was not shared' : `${written} files were not shared`,
  andMore: (written: string) => `and ${written} more`,
  /** Said to those who listen, while nobody asks. */
  partly: (name: string, percent: number) => `${name}: ${percent} % uploaded`,
  isUp: (name: string) => `${name} is up`,
  areUp: (written: string) => `${written} files are up`,
  endsSoon: (name: string, time: string) => `The link to ${name} ends in ${time}`,
  endSoon: (written: string) => `${written} links end within 5 minutes`,
  hasEnded: (name: string) => `The link to ${name} has ended`,
  haveEnded: (written: string) => `${written} links have ended`,
  dismiss: 'Dismiss',
  region: 'Messages',
};
