import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { startFaultProxy } from './proxy.ts';

/** Measures what the proxy itself lets through, with nothing going wrong: `node throughput.ts [MiB]`. */
const MIB = 1024 ** 2;
const CHUNK = Buffer.alloc(256 * 1024, 'sandglass');
const ROUNDS = 3;

if (isMainThread) await measure(Number(process.argv[2] ?? 1024));
else if (workerData === 'sink') await runSink();
else await runProxy(z.string().parse(workerData));

async function measure(mib: number): Promise<void> {
  const sink = await started('sink');
  const proxy = await started(sink.endpoint);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, endpoint] of Object.entries({ straight: sink.endpoint, proxied: proxy.endpoint })) {
      const before = performance.now();
      await put(`${endpoint}/bucket/key?partNumber=1&uploadId=u`, mib * MIB);
      const seconds = (performance.now() - before) / 1000;
      console.log(`${name}: ${Math.round((mib * MIB) / seconds / 1e6)} MB/s`);
    }
  }
  await Promise.all([sink.worker.terminate(), proxy.worker.terminate()]);
}

async function started(role: string): Promise<{ endpoint: string; worker: Worker }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: role });
  const endpoint = await new Promise<string>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  return { endpoint, worker };
}

function put(url: string, bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'PUT', headers: { 'Content-Length': bytes } }, (answer) => {
      answer.resume().once('end', resolve);
    }).once('error', reject);
    let left = bytes / CHUNK.length;
    const write = (): void => {
      while (left > 0) {
        left -= 1;
        if (!outgoing.write(CHUNK)) return;
      }
      outgoing.end();
    };
    outgoing.on('drain', write);
    write();
  });
}

async function runSink(): Promise<void> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().once('end', () => outgoing.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  parentPort?.postMessage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function runProxy(server: string): Promise<void> {
  const proxy = await startFaultProxy({ server });
  parentPort?.postMessage(proxy.endpoint);
}
