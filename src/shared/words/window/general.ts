/** Words of the whole window, and how times and sizes are told. */
export const app = {
  name: 'Sandglass',
  opening: 'Opening…',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back to the shares',
  unconnected: 'No bucket is connected: links can be seen, but neither copied nor made.',
  keysAreForgotten: 'No keychain was found: keys are kept in memory, and forgotten when Sandglass quits.',
  bridgeBroke: 'Sandglass did not answer.',
  bridgeBrokeNext: 'Try again; if it happens again, close the window and open it anew.',
  requestId: (id: string) => `Request id ${id}`,
};

export const time = {
  units: { d: 'd', h: 'h', min: 'min', s: 's' },
  left: (time: string) => `${time} left`,
  tomorrow: (time: string) => `tomorrow ${time}`,
  yesterday: (time: string) => `yesterday ${time}`,
  bytesOf: (sent: string, total: string, unit: string) => `${sent} of ${total} ${unit}`,
  perSecond: (size: string) => `${size}/s`,
};
