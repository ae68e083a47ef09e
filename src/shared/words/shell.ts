/** What the app says outside its window: menus, the tray, notifications, dialogs. */
export const shellWords = {
  appName: 'Sandglass',
  tray: {
    tooltip: 'Sandglass',
    shareFile: 'Share a file…',
    open: 'Open Sandglass',
    pauseAll: 'Pause all',
    quit: 'Quit Sandglass',
    noLinks: 'No live links',
    link: (name: string, left: string) => `${name}: ${left} left`,
  },
  menu: {
    file: 'File',
    shareFile: 'Share a File…',
    connect: 'Connect a Bucket…',
    preferences: 'Preferences…',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
  },
  notification: {
    uploaded: (name: string) => `${name} is up`,
    uploadedBody: 'The link works. Click to copy it.',
    failed: (name: string) => `${name} did not go up`,
    copied: 'Link copied',
  },
  dialog: {
    choose: 'Share files',
    chooseButton: 'Share',
    quitTitle: 'Quit while uploading?',
    quitBody: (count: number) =>
      count === 1
        ? 'One upload is under way. It stops now; what has arrived stays in the bucket, and you can send it again next time.'
        : `${count} uploads are under way. They stop now; what has arrived stays in the bucket, and you can send them again next time.`,
    quit: 'Quit',
    stay: 'Keep uploading',
  },
} as const;
