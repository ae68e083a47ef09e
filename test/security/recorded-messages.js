/**
 * Loaded before the app with Electron's `-r`: writes down every channel that the main process opens and every message
 * that passes it, both ways, as JSON in the order of their passing.
 */
import { app, ipcMain } from 'electron';

const kept = Object.assign(globalThis, { channels: [], messages: [] });
const note = (way, channel, content) => {
  kept.messages.push(JSON.stringify({ way, channel, content }) ?? '');
};

const handle = ipcMain.handle.bind(ipcMain);
ipcMain.handle = (channel, listener) => {
  kept.channels.push(channel);
  handle(channel, async (event, ...given) => {
    note('to main', channel, given);
    const answer = await listener(event, ...given);
    note('to the page', channel, answer);
    return answer;
  });
};

app.on('web-contents-created', (_event, contents) => {
  const send = contents.send.bind(contents);
  contents.send = (channel, ...given) => {
    note('to the page', channel, given);
    send(channel, ...given);
  };
});
