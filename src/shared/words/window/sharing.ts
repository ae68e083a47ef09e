/** Where files are dropped, and how long their links live. */
export const drop = {
  title: 'Drop files here',
  hint: 'They go to your own bucket. The link is on your clipboard at once, and ends on time.',
  choose: 'Choose files…',
  release: 'Let go to share',
  releaseHint: (life: string) => `The link is copied at once. ${life}`,
  releaseUnconnected: 'You will be asked for a bucket first.',
  tooMany: (count: string, most: string) => `${count} files are too many at once: ${most} at most.`,
  tooManyNext: 'Nothing was shared. Share fewer at a time, or put them into one archive.',
  waiting: (count: number) =>
    count === 1
      ? 'One file waits: it is shared as soon as a bucket is connected.'
      : `${count} files wait: they are shared as soon as a bucket is connected.`,
};

export const life = {
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
  hasPassed: 'That moment has passed: pick a later one.',
};
