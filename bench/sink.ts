/**
 * A bucket without a bottom, in a process of its own: it says yes to every upload and throws the bytes away, so that
 * what is measured is the client. It takes connections on loopback, tells its port to its parent, and ends with it.
 */
import { STATUS_CODES } from 'node:http';
import { createServer, Socket, type AddressInfo } from 'node:net';
import { RequestReader, type SunkRequest } from './sink/request-reader.ts';
import { S3Answers, type SinkAnswer } from './sink/s3-answers.ts';

/** All connections read into the same bytes: nobody looks at them after the count. */
const WASTE = Buffer.allocUnsafeSlow(1024 * 1024);

const answers = new S3Answers();

function serve(socket: Socket): void {
  const reader = new RequestReader({
    continue: () => socket.write('HTTP/1.1 100 Continue\r\n\r\n'),
    request: (request) => socket.write(written(request, answers.answer(request))),
  });
  readers.set(socket, reader);
}

const readers = new WeakMap<Socket, RequestReader>();

/**
 * The same connection with a buffer of ours: Node lets only a new socket have one (`onread`), not one that a server
 * took. It saves an allocation of 64 KiB for each reading, half the sink's time.
 */
function withOwnBuffer(taken: Socket): Socket {
  const { _handle: handle } = taken as unknown as { _handle: unknown };
  const onread = {
    buffer: WASTE,
    callback: (length: number, buffer: Uint8Array): boolean => {
      readers.get(socket)?.feed(Buffer.from(buffer.buffer, buffer.byteOffset, length));
      return true;
    },
  };
  const options = { handle, onread, readable: true, writable: true };
  const socket: Socket = new Socket(options as ConstructorParameters<typeof Socket>[0]);
  return socket;
}

function written(request: SunkRequest, { status, headers = {}, body = '' }: SinkAnswer): string {
  const lines = Object.entries({
    Date: new Date().toUTCString(),
    'x-amz-request-id': 'SINK',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
  return request.method === 'HEAD' ? head : head + body;
}

const server = createServer({ pauseOnConnect: true, noDelay: true }, (taken) => {
  const socket = withOwnBuffer(taken);
  serve(socket);
  // A client that is killed or gives up resets its connection; that is no failure of the sink.
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  socket.resume();
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.once('disconnect', () => process.exit());
