/**
 * A long line on loopback, in a process of its own: connections to it go on to another port, and every byte takes its
 * time. It tells its port to its parent, and ends with it.
 *
 *   node bench/latency-relay.ts PORT ROUND_TRIP_MILLISECONDS
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { DelayedWay } from './delayed-way.ts';

const [port = '', roundTrip = ''] = process.argv.slice(2);
const oneWayMs = Number(roundTrip) / 2;

/** Two sockets tied together; the handshake of a real line takes a round trip before the first byte may go. */
async function relay(client: Socket): Promise<void> {
  const server = connect({ host: '127.0.0.1', port: Number(port), noDelay: true });
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => setTimeout(() => other.end(), oneWayMs));
  }
  await wait(2 * oneWayMs);
  new DelayedWay(client, server, oneWayMs).open();
  new DelayedWay(server, client, oneWayMs).open();
}

const server = createServer({ pauseOnConnect: true, noDelay: true, allowHalfOpen: true }, (client) => {
  void relay(client);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.once('disconnect', () => process.exit());
