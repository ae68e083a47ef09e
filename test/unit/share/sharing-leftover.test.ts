import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPTIONS, PATH, scene, source, TO } from './scripted-sharing.ts';

let server: Server;
let asked: string[];
let status: number;

beforeEach(async () => {
  asked = [];
  status = 204;
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    asked.push(`${request.method} ${searchParams.get('uploadId')}`);
    if (request.method === 'DELETE') response.writeHead(status).end();
    else response.writeHead(404).end('<Error><Code>NoSuchUpload</Code></Error>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
});

/** A share of an earlier process, whose upload the server calls u0, and whose file has grown since. */
async function grown() {
  const world = scene();
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.locate.mockImplementation((bucket) =>
    Promise.resolve({ bucket, region: 'eu-west-1', endpoint, pathStyle: true }),
  );
  await world.sharing.share(PATH, { ...TO, endpoint: { url: endpoint } }, OPTIONS);
  world.file.size = 100 * 1024 ** 2;
  return { world, record: { ...world.recordIn(), status: 'interrupted', uploadId: 'u0' } as const };
}

describe('the parts of a file that has another size by now', () => {
  it('are dropped before the share is taken up, for nobody would know of them any more', async () => {
    const { world, record } = await grown();
    await world.sharing.resume(record, source);
    expect(asked).toEqual(['DELETE u0', 'GET u0']);
    expect(world.log.takeUp.mock.calls[0]?.[0]).toMatchObject({ uploadId: null });
  });

  it('stay remembered where they cannot be dropped, and nothing is taken up', async () => {
    const { world, record } = await grown();
    status = 403;
    await expect(world.sharing.resume(record, source)).rejects.toMatchObject({ code: 'access-denied' });
    expect(world.log.takeUp).not.toHaveBeenCalled();
  });
});
