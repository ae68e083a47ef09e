import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** States of include/net/tcp_states.h in which a side has closed: FIN_WAIT1, FIN_WAIT2, CLOSING. */
const CLOSED_BY_ITSELF = new Set(['04', '05', '0B']);
const CLOSED_BY_PEER = '08';

/**
 * Looks which clients still hold their end of a connection open. While nothing is read from a socket, neither Node
 * nor the kernel hears of the client's FIN: it waits behind the bytes that are not taken. Linux tells it all the
 * same, from the client's own row in /proc/net/tcp. Elsewhere, and for a client in another network namespace, only
 * what the socket itself knows is told.
 */
export function lookAtPeers(): (socket: Socket) => boolean {
  const rows =
    process.platform === 'linux' ? [...rowsOf('/proc/net/tcp'), ...rowsOf('/proc/net/tcp6')] : null;
  return (socket) => {
    const { localPort, remotePort } = socket;
    if (socket.destroyed || localPort === undefined || remotePort === undefined) return false;
    if (rows === null) return true;
    const state = (from: number, to: number): string | undefined =>
      rows.find((row) => row.from === from && row.to === to)?.state;
    const mine = state(localPort, remotePort);
    if (mine === undefined || mine === CLOSED_BY_PEER) return false;
    return !CLOSED_BY_ITSELF.has(state(remotePort, localPort) ?? '');
  };
}

function rowsOf(path: string): { from: number; to: number; state: string }[] {
  return text(path)
    .split('\n')
    .flatMap((line) => {
      const [, from, to, state] = /^\s*\d+: \w+:(\w+) \w+:(\w+) (\w+)/.exec(line) ?? [];
      if (from === undefined || to === undefined || state === undefined) return [];
      return [{ from: parseInt(from, 16), to: parseInt(to, 16), state }];
    });
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
