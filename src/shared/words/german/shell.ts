import type { ShellWords } from '../shell.ts';

/** What the app says outside its window, in German. */
export const germanShell: ShellWords = {
  appName: 'Sandglass',
  units: { d: 'Tg.', h: 'Std.', min: 'Min.', s: 'Sek.' },
  tray: {
    tooltip: 'Sandglass',
    shareFile: 'Datei teilen …',
    open: 'Sandglass öffnen',
    pauseAll: 'Alle anhalten',
    resumeAll: 'Alle fortsetzen',
    quit: 'Sandglass beenden',
    noLinks: 'Keine gültigen Links',
    link: (name, left) => `${name}: noch ${left}`,
  },
  menu: {
    file: 'Datei',
    shareFile: 'Datei teilen …',
    connect: 'Bucket verbinden …',
    preferences: 'Einstellungen …',
    close: 'Fenster schließen',
    quit: 'Beenden',
    edit: 'Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    selectAll: 'Alles auswählen',
    view: 'Ansicht',
    actualSize: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    window: 'Fenster',
    minimize: 'Minimieren',
    help: 'Hilfe',
    aboutLinks: 'Über vorsignierte Links (AWS)',
    copyDiagnostics: 'Diagnosedaten kopieren',
    about: 'Über Sandglass',
    services: 'Dienste',
    hide: 'Sandglass ausblenden',
    hideOthers: 'Andere ausblenden',
    showAll: 'Alle einblenden',
    quitApp: 'Sandglass beenden',
    zoomWindow: 'Zoomen',
    bringToFront: 'Alle nach vorne bringen',
  },
  notification: {
    uploaded: (name) => `${name} ist hochgeladen`,
    uploadedBody: 'Der Link funktioniert. Klicken kopiert ihn.',
    failed: (name) => `${name} wurde nicht hochgeladen`,
    manyUploaded: (count) => `${count} Dateien sind hochgeladen`,
    manyUploadedBody: 'Ihre Links funktionieren. Klicken zeigt sie.',
    manyFailed: (count) => `${count} Dateien wurden nicht hochgeladen`,
    manyFailedBody: (name, why) => `${name}: ${why} Klicken zeigt alle.`,
    arrived: (name) => `${name} ist angekommen`,
    arrivedBody: 'Der Link gilt jetzt. Klicken kopiert ihn.',
    manyArrived: (count) => `${count} Dateien sind angekommen`,
    manyArrivedBody: 'Ihre Links gelten jetzt. Klicken zeigt sie.',
    copied: 'Link kopiert',
    copiedBody: (name) => `Der Link zu ${name} liegt in der Zwischenablage.`,
    notCopied: 'Der Link konnte nicht kopiert werden',
    diagnosticsCopied: 'Diagnosedaten kopiert',
    diagnosticsCopiedBody:
      'Sie können in die Meldung eingefügt werden. Schlüssel, Links und Namen sind entfernt.',
    momentPassed: 'Der Link gilt einen Tag',
    momentPassedBody:
      'Der Zeitpunkt, bis zu dem Links gelten sollten, ist vorbei. Klicken, um zu wählen, wie lange sie gelten.',
    shortcutTaken: 'Das Tastenkürzel funktioniert nicht',
    shortcutTakenBody: (keys) =>
      `${keys} ist nicht zu haben: Ein anderes Programm verwendet es. In den Einstellungen lässt sich ein anderes wählen.`,
  },
  line: {
    asleep: 'Der Computer war im Ruhezustand.',
    changed: 'Das Netzwerk hat gewechselt.',
    goesOn: 'Es geht von selbst weiter.',
  },
  start: {
    failed: 'Sandglass kann nicht starten',
    quit: 'Beenden',
    fine: 'OK',
    setAside: 'Gespeicherte Daten von Sandglass waren beschädigt',
    settingsAside: (name) =>
      `Die Einstellungen waren nicht lesbar. Sie sind als ${name} aufbewahrt; Sandglass beginnt mit neuen: Die Buckets ` +
      'müssen wieder verbunden werden.',
    historyAside: (name) =>
      `Die Liste der Freigaben war nicht lesbar. Sie ist als ${name} aufbewahrt; Sandglass beginnt mit einer ` +
      'leeren. Verteilte Links gelten bis zu ihrem Ende weiter.',
    folder: (folder) => `Der Ordner ist ${folder}.`,
    newerSettings: 'Die Einstellungen stammen von einem neueren Sandglass.',
    newerHistory: 'Die Liste der Freigaben stammt von einem neueren Sandglass.',
    newerNext: (name) =>
      `Sandglass aktualisieren; oder, um mit diesem neu zu beginnen, ${name} aus dem Datenordner verschieben.`,
  },
  crash: {
    message: 'Das Fenster von Sandglass stürzt immer wieder ab.',
    detail:
      'Uploads gehen weiter, und das Symbol in der Leiste kopiert weiterhin Links. Noch einmal versuchen; stürzt es ' +
      'wieder ab, Sandglass beenden und neu starten.',
    tryAgain: 'Noch einmal versuchen',
    hide: 'Fenster ausblenden',
  },
  dialog: {
    savePage: 'Upload-Seite speichern',
    savePageButton: 'Speichern',
    choose: 'Dateien teilen',
    chooseButton: 'Teilen',
    quitTitle: 'Während des Uploads beenden?',
    quitBody: (count) =>
      count === 1
        ? 'Ein Upload läuft. Er hält jetzt an und geht beim nächsten Mal von selbst weiter; was angekommen ist, bleibt im Bucket.'
        : `${count} Uploads laufen. Sie halten jetzt an und gehen beim nächsten Mal von selbst weiter; was angekommen ist, bleibt im Bucket.`,
    quit: 'Beenden',
    stay: 'Weiter hochladen',
  },
};
