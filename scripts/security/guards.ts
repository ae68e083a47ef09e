/** One guard of the app, and how to take it out. */
export interface Guard {
  /** What is promised, in the words of SECURITY.md. */
  readonly promise: string;
  /** The file that keeps it. */
  readonly file: string;
  /** Stands exactly once in that file. */
  readonly text: string;
  /** What stands there once the guard is out; it still loads. */
  readonly instead: string;
  /** The test file that must go red. */
  readonly test: string;
}

const guardsOf =
  (file: string, test: string) =>
  (promise: string, text: string, instead: string): Guard => ({ promise, file, text, instead, test });

const SHELL = 'src/main/shell';
const onWindow = guardsOf(`${SHELL}/main-window.ts`, 'test/security/windows.test.ts');
const onScheme = guardsOf(`${SHELL}/app-protocol.ts`, 'test/security/app-protocol.test.ts');
const onSession = guardsOf(`${SHELL}/session-policy.ts`, 'test/security/session-policy.test.ts');
const onServer = guardsOf(`${SHELL}/request-server.ts`, 'test/security/channels.test.ts');
const onAnswers = guardsOf(`${SHELL}/request-server.ts`, 'test/security/request-server.test.ts');
const onPages = guardsOf(`${SHELL}/outside-pages.ts`, 'test/security/outside-pages.test.ts');
const onContract = guardsOf('src/shared/ipc-contract.ts', 'test/security/channels.test.ts');
const onBridge = guardsOf('src/preload/index.ts', 'test/security/bridge.test.ts');
const onFuses = guardsOf('scripts/packaging/fuses.ts', 'test/security/fuses.test.ts');
const onDesk = guardsOf(`${SHELL}/requests.ts`, 'test/security/canary.spec.ts');
const onErrors = guardsOf('src/shared/errors.ts', 'test/unit/shared/errors.test.ts');
const onScrubber = guardsOf('src/shared/scrubbing.ts', 'test/unit/shared/scrubbing.test.ts');
const onReport = guardsOf('src/shared/diagnostics.ts', 'test/unit/platform/diagnosis.test.ts');
const onVault = guardsOf(`${SHELL}/safe-storage-vault.ts`, 'test/unit/shell/safe-storage-vault.test.ts');

const PREVENT = '    event.preventDefault();';
const held = (name: string) => `contents.on('${name}', (event) => {\n${PREVENT}`;
const loose = (name: string) => `contents.on('${name}', () => {`;
const CONNECT = '      await accounts.connect(draft);\n      changed();\n      return null;';

const windowGuards: readonly Guard[] = [
  onWindow('The page runs in a sandbox', 'sandbox: true', 'sandbox: false'),
  onWindow('The preload is a world apart', 'contextIsolation: true', 'contextIsolation: false'),
  onWindow('The page has no Node.js', 'nodeIntegration: false', 'nodeIntegration: true'),
  onWindow('Workers have no Node.js', 'nodeIntegrationInWorker: false', 'nodeIntegrationInWorker: true'),
  onWindow('Frames have no Node.js', 'nodeIntegrationInSubFrames: false', 'nodeIntegrationInSubFrames: true'),
  onWindow('The rules of the web hold', 'webSecurity: true', 'webSecurity: false'),
  onWindow('There is no webview tag', 'webviewTag: false', 'webviewTag: true'),
  onWindow('A drop leads nowhere', 'navigateOnDragDrop: false', 'navigateOnDragDrop: true'),
  onWindow('DevTools are closed once packaged', 'devTools: !app.isPackaged', 'devTools: true'),
  onWindow(
    'Only the window’s own contents may ask',
    'sender === this.#window.webContents',
    'sender !== null',
  ),
  onWindow('No frame within the page may ask', 'senderFrame.parent === null', 'senderFrame.url !== null'),
  onWindow(
    'Only a page of app:// may ask',
    'senderFrame.url.startsWith(`${APP_ORIGIN}/`)',
    "senderFrame.url !== ''",
  ),
  onWindow('Only the app’s own page is loaded', '`${APP_ORIGIN}/index.html`', "'https://example.org/'"),
];

const schemeGuards: readonly Guard[] = [
  onScheme('app:// answers no other method', "request.method === 'GET' && ", ''),
  onScheme('app:// answers no other host', ' && origin === APP_ORIGIN', ''),
  onScheme(
    'No path of a URL becomes a path on the disk',
    '? pages.get(pathname) :',
    '? (pages.get(pathname) ?? join(folder, decodeURIComponent(pathname))) :',
  ),
  onScheme('The policy allows nothing by default', `"default-src 'none'"`, `"default-src *"`),
  onScheme('Only the app’s own scripts run', `"script-src 'self'"`, `"script-src 'self' 'unsafe-inline'"`),
  onScheme('Only the app’s own styles apply', `"style-src 'self'"`, `"style-src 'self' 'unsafe-inline'"`),
  onScheme('The page connects to nobody', `"connect-src 'none'"`, `"connect-src 'self'"`),
  onScheme('No base changes addresses', `"base-uri 'none'"`, `"base-uri *"`),
  onScheme('No form is sent', `"form-action 'none'"`, `"form-action *"`),
  onScheme('Nobody frames the page', `"frame-ancestors 'none'"`, `"frame-ancestors *"`),
  onScheme('No text becomes markup', `"require-trusted-types-for 'script'"`, `"upgrade-insecure-requests"`),
  onScheme('Pages bring the policy', "{ ...HEADERS, 'content-type': type }", "{ 'content-type': type }"),
  onScheme('Refusals bring the policy too', '{ status: 404, headers: HEADERS }', '{ status: 404 }'),
  onScheme('Types are not guessed', "'x-content-type-options': 'nosniff',", ''),
  onScheme('The page cannot fetch app://', 'supportFetchAPI: false', 'supportFetchAPI: true'),
];

const sessionGuards: readonly Guard[] = [
  onSession('Every permission asked for is denied', 'answer(false)', 'answer(true)'),
  onSession('Every permission checked is denied', 'CheckHandler(() => false)', 'CheckHandler(() => true)'),
  onSession(
    'Every device is denied',
    'DevicePermissionHandler(() => false)',
    'DevicePermissionHandler(() => true)',
  ),
  onSession('No certificate is believed', 'answer(REFUSED_CERTIFICATE)', 'answer(0)'),
  onSession(
    'The person’s certificates are given to nobody',
    '    answer();\n',
    '    answer(_certificates[0]);\n',
  ),
  onSession(
    'Nothing is downloaded',
    `session.on('will-download', (event) => {\n${PREVENT}`,
    "session.on('will-download', () => {",
  ),
  onSession('Every request elsewhere is cancelled', 'cancel: !isOurs(details.url) &&', 'cancel: false &&'),
  onSession('A host that begins like the app’s is another', '`${APP_ORIGIN}/`', 'APP_ORIGIN'),
  onSession('The page goes nowhere', held('will-navigate'), loose('will-navigate')),
  onSession('No frame goes anywhere', held('will-frame-navigate'), loose('will-frame-navigate')),
  onSession('No redirect is followed', held('will-redirect'), loose('will-redirect')),
  onSession('No webview is attached', held('will-attach-webview'), loose('will-attach-webview')),
  onSession('No window is opened, by middle click or script', "action: 'deny'", "action: 'allow'"),
  onSession(
    'Remote debugging is closed once packaged',
    'if (app.isPackaged) for',
    'if (!app.isPackaged) for',
  ),
];

const pageGuards: readonly Guard[] = [
  onPages(
    'Pages outside are opened by their names alone',
    'if (!Object.hasOwn(OUTSIDE_PAGES, page))',
    'if (false)',
  ),
  onPages('No address comes from elsewhere', 'openExternal(OUTSIDE_PAGES[page])', 'openExternal(page)'),
];

const channelGuards: readonly Guard[] = [
  onServer('Each channel refuses another sender', 'if (!isSender(event)) throw', 'if (false) throw'),
  onServer('Each channel refuses what its schema refuses', 'if (!checked.success) throw', 'if (false) throw'),
  onAnswers(
    'An answer tells of an error its code and words alone',
    'failure: failureOf(error)',
    'failure: { ...failureOf(error), cause: String(error) }',
  ),
  onContract(
    'Channels refuse unknown keys',
    'const nothing = z.strictObject({});',
    'const nothing = z.looseObject({});',
  ),
  onContract('Texts have a greatest length', 'search: z.string().max(200)', 'search: z.string()'),
  onContract(
    'Lists have a greatest length',
    '.min(1).max(32_768)).min(1).max(1_000)',
    '.min(1).max(32_768)).min(1)',
  ),
  onContract(
    'Numbers have a greatest value, and NaN is none',
    'offset: z.number().int().nonnegative().max(10_000_000)',
    'offset: z.any()',
  ),
  {
    promise: 'A channel that is not in the contract is found out',
    file: `${SHELL}/application.ts`,
    text: '    serveRequests(ipcMain,',
    instead: "    ipcMain.handle('sandglass:other', () => null);\n    serveRequests(ipcMain,",
    test: 'test/security/channels.test.ts',
  },
  onBridge('The bridge holds nothing of ipcRenderer', '  offerFiles,\n}', '  offerFiles,\n  ipcRenderer,\n}'),
  onBridge(
    'The page hears pushes without their event',
    '    listener(push);',
    '    (listener as (...given: unknown[]) => void)(push, _event);',
  ),
  onBridge(
    'Paths come from the system alone',
    'webUtils.getPathForFile(file))',
    '(file as unknown as { path?: string }).path ?? webUtils.getPathForFile(file))',
  ),
];

const secretGuards: readonly Guard[] = [
  onDesk('No answer repeats keys', CONNECT, CONNECT.replace('null', 'draft as never')),
  onDesk('No output tells keys', CONNECT, `      console.log(JSON.stringify(draft));\n${CONNECT}`),
  onDesk(
    'No file keeps keys',
    CONNECT,
    `      const { appendFileSync } = await import('node:fs');\n      appendFileSync(process.env['SANDGLASS_DATA_DIR'] + '/kept', JSON.stringify(draft));\n${CONNECT}`,
  ),
  onErrors('No error holds a URL’s query', 'super(withoutQueries(message)', 'super((message)'),
  onVault(
    'Keys are never sealed with a key that everybody knows',
    "['basic_text', 'unknown']",
    "['unknown']",
  ),
];

const scrubs = (pattern: string, left: string) => `.replace(${pattern}, '${left}')`;

const logGuards: readonly Guard[] = [
  onScrubber('A log line is one line', scrubs('CONTROL', ' '), ''),
  onScrubber('A log line has a greatest length', 'line.length > LONGEST', 'line.length > Infinity'),
  onScrubber('No log line tells users of addresses', 'withoutQueries(short', '(short'),
  onScrubber('No log line tells objects', scrubs('OBJECT', '$1://…'), ''),
  onScrubber('No log line tells addresses', scrubs('ADDRESS', '$1://…'), ''),
  onScrubber('No log line tells named secrets', scrubs('NAMED_SECRET', '$1…'), ''),
  onScrubber('No log line tells hosts', scrubs('HOST', '$1 …'), ''),
  onScrubber('No log line tells names in quotation marks', scrubs('QUOTED', '“…”'), ''),
  onScrubber('No log line tells paths', scrubs('PATH', '/…'), ''),
  onScrubber('No log line tells AWS’s key ids', scrubs('AWS_KEY_ID', '…'), ''),
  onScrubber('No log line tells what cannot be guessed', scrubs('UNGUESSABLE', '…'), ''),
  onReport(
    'Diagnostics tell no names that are known',
    'withoutNames(scrubbed(line), names)',
    'scrubbed(line)',
  ),
  onReport(
    'Diagnostics scrub older lines again',
    'withoutNames(scrubbed(line), names)',
    'withoutNames(line, names)',
  ),
];

const fuseGuards: readonly Guard[] = [
  onFuses('The app is no Node.js', '[FuseV1Options.RunAsNode]: false', '[FuseV1Options.RunAsNode]: true'),
  onFuses(
    'NODE_OPTIONS are not heeded',
    'NodeOptionsEnvironmentVariable]: false',
    'NodeOptionsEnvironmentVariable]: true',
  ),
  onFuses(
    '--inspect is not heeded',
    'EnableNodeCliInspectArguments]: false',
    'EnableNodeCliInspectArguments]: true',
  ),
  onFuses('The archive is checked', 'AsarIntegrityValidation]: true', 'AsarIntegrityValidation]: false'),
  onFuses('Code comes from the archive alone', 'OnlyLoadAppFromAsar]: true', 'OnlyLoadAppFromAsar]: false'),
  onFuses(
    'file:// has no privileges',
    'FileProtocolExtraPrivileges]: false',
    'FileProtocolExtraPrivileges]: true',
  ),
  onFuses('Cookies are encrypted', 'EnableCookieEncryption]: true', 'EnableCookieEncryption]: false'),
  onFuses('An unknown fuse stops packing', 'strictlyRequireAllFuses: true', 'strictlyRequireAllFuses: false'),
];

/** Every guard that the mutation run takes out in turn. */
export const GUARDS: readonly Guard[] = [
  ...windowGuards,
  ...schemeGuards,
  ...sessionGuards,
  ...pageGuards,
  ...channelGuards,
  ...secretGuards,
  ...logGuards,
  ...fuseGuards,
];
