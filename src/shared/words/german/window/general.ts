import type { WindowWords } from '../../window.ts';

export const app: WindowWords['app'] = {
  name: 'Sandglass',
  opening: 'Wird geöffnet …',
  tryAgain: 'Noch einmal versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  back: 'Zurück zu den Freigaben',
  unconnected:
    'Kein Bucket ist verbunden: Links sind zu sehen, können aber weder kopiert noch erstellt werden.',
  keysAreForgotten:
    'Kein Schlüsselbund gefunden: Schlüssel bleiben im Arbeitsspeicher und sind vergessen, wenn Sandglass endet.',
  bridgeBroke: 'Sandglass hat nicht geantwortet.',
  bridgeBrokeNext: 'Noch einmal versuchen; passiert es wieder, das Fenster schließen und neu öffnen.',
  requestId: (id) => `Anfrage-ID ${id}`,
};

export const time: WindowWords['time'] = {
  units: { d: 'Tg.', h: 'Std.', min: 'Min.', s: 'Sek.' },
  left: (time) => `noch ${time}`,
  tomorrow: (time) => `morgen ${time}`,
  yesterday: (time) => `gestern ${time}`,
  bytesOf: (sent, total, unit) => `${sent} von ${total} ${unit}`,
  perSecond: (size) => `${size}/s`,
};
