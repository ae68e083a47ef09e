/**
 * What the app says outside its window, in English: menus, the tray, notifications, dialogs. What is said is read from
 * `spoken.ts`, which holds the language in use.
 */
export const englishShell = {
  appName: 'Sandglass',
  /** What days, hours, minutes and seconds are called after a number. */
  units: { d: 'd', h: 'h', min: 'min', s: 's' },
  tray: {
    tooltip: 'Sandglass',
    shareFile: 'Share a file…',
    open: 'Open Sandglass',
    pauseAll: 'Pause all',
    resumeAll: 'Resume all',
    quit: 'Quit Sandglass',
    noLinks: 'No live links',
    link: (name: string, left: string) => `${name}: ${left} left`,
  },
  menu: {
    file: 'File',
    shareFile: 'Share a File…',
    connect: 'Connect a Bucket…',
    preferences: 'Preferences…',
    close: 'Close Window',
    quit: 'Quit',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    view: 'View',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    window: 'Window',
    minimize: 'Minimize',
    help: 'Help',
    aboutLinks: 'About Presigned Links (AWS)',
    copyDiagnostics: 'Copy Diagnostics',
    /** What macOS has in the app's own menu and in that of its windows. */
    about: 'About Sandglass',
    services: 'Services',
    hide: 'Hide Sandglass',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    quitApp: 'Quit Sandglass',
    zoomWindow: 'Zoom',
    bringToFront: 'Bring All to Front',
  },
  notification: {
    uploaded: (name: string) => `${name} is up`,
    uploadedBody: 'The link works. Click to copy it.',
    failed: (name: string) => `${name} did not go up`,
    manyUploaded: (count: number) => `${count} files are up`,
    manyUploadedBody: 'Their links work. Click to see them.',
    manyFailed: (count: number) => `${count} files did not go up`,
    manyFailedBody: (name: string, why: string) => `${name}: ${why} Click to see all.`,
    arrived: (name: string) => `${name} has arrived`,
    arrivedBody: 'Its link lives now. Click to copy it.',
    manyArrived: (count: number) => `${count} files have arrived`,
    manyArrivedBody: 'Their links live now. Click to see them.',
    copied: 'Link copied',
    copiedBody: (name: string) => `The link to ${name} is on the clipboard.`,
    notCopied: 'The link could not be copied',
    diagnosticsCopied: 'Diagnostics copied',
    diagnosticsCopiedBody: 'Paste them into your report. Keys, links and names are taken out.',
    momentPassed: 'The link lives for a day',
    momentPassedBody:
      'The moment until which links were to live has passed. Click to choose how long they live.',
    shortcutTaken: 'The shortcut does not work',
    shortcutTakenBody: (keys: string) =>
      `${keys} cannot be had: another program uses it. Choose another in the preferences.`,
  },
  line: {
    asleep: 'The computer was asleep.',
    changed: 'The network has changed.',
    goesOn: 'It goes on by itself.',
  },
  start: {
    failed: 'Sandglass cannot start',
    quit: 'Quit',
    fine: 'OK',
    setAside: 'Something that Sandglass keeps was damaged',
    settingsAside: (name: string) =>
      `The settings could not be read. They are kept as ${name}; Sandglass begins with new ones: connect your ` +
      'buckets again.',
    historyAside: (name: string) =>
      `The list of shares could not be read. It is kept as ${name}; Sandglass begins with an empty one. Links that ` +
      'were given out work until they end.',
    folder: (folder: string) => `The folder is ${folder}.`,
    newerSettings: 'The settings were written by a newer Sandglass.',
    newerHistory: 'The list of shares was written by a newer Sandglass.',
    newerNext: (name: string) =>
      `Update Sandglass; or, to begin anew with this one, move ${name} out of its data folder.`,
  },
  crash: {
    message: 'The window of Sandglass crashes again and again.',
    detail:
      'Uploads go on, and the tray still copies links. Try again; if it crashes once more, quit Sandglass and start ' +
      'it anew.',
    tryAgain: 'Try again',
    hide: 'Hide the window',
  },
  dialog: {
    savePage: 'Save the upload page',
    savePageButton: 'Save',
    choose: 'Share files',
    chooseButton: 'Share',
    quitTitle: 'Quit while uploading?',
    quitBody: (count: number) =>
      count === 1
        ? 'One upload is under way. It stops now, and goes on by itself next time; what has arrived stays in the bucket.'
        : `${count} uploads are under way. They stop now, and go on by themselves next time; what has arrived stays in the bucket.`,
    quit: 'Quit',
    stay: 'Keep uploading',
  },
};

export type ShellWords = typeof englishShell;
