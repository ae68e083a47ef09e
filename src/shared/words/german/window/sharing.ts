import type { WindowWords } from '../../window.ts';

export const drop: WindowWords['drop'] = {
  title: 'Dateien hier ablegen',
  hint: 'Sie gehen in den eigenen Bucket. Der Link ist sofort in der Zwischenablage und endet pünktlich.',
  choose: 'Dateien wählen …',
  release: 'Loslassen zum Teilen',
  releaseHint: (life) => `Der Link wird sofort kopiert. ${life}`,
  releaseUnconnected: 'Zuerst wird nach einem Bucket gefragt.',
  tooMany: (count, most) => `${count} Dateien auf einmal sind zu viele: höchstens ${most}.`,
  tooManyNext: 'Nichts wurde geteilt. Weniger auf einmal teilen oder zu einem Archiv packen.',
  waiting: (count) =>
    count === 1
      ? 'Eine Datei wartet: Sie wird geteilt, sobald ein Bucket verbunden ist.'
      : `${count} Dateien warten: Sie werden geteilt, sobald ein Bucket verbunden ist.`,
};

export const life: WindowWords['life'] = {
  title: 'Der Link gilt',
  seconds: {
    600: '10 Min.',
    3600: '1 Std.',
    43_200: '12 Std.',
    86_400: '1 Tag',
    259_200: '3 Tage',
    604_800: '7 Tage',
  },
  otherSeconds: (time) => time,
  until: 'Bis …',
  untilLabel: 'Der Link endet am',
  ends: (end) => `Gilt bis ${end}`,
  endsWithCredentials: (end, asked) => `Gilt wie die Anmeldung bis ${end}, nicht bis ${asked}`,
  endsAtMaximum: (end, asked) => `Gilt bis ${end}, nicht bis ${asked}: Kein Link gilt länger als 7 Tage`,
  uncertain: 'vielleicht kürzer: Die Anmeldung nennt ihr Ende nicht',
  pickMoment: 'Tag und Uhrzeit innerhalb von 7 Tagen wählen',
  hasPassed: 'Dieser Zeitpunkt ist vorbei: einen späteren wählen.',
};
