import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { HashAnswer, HashJob } from './hash-thread.ts';

/** More than two would take the cores that the rest of the computer needs. */
const MAX_THREADS = 2;

/** The bundle puts it beside the file that this becomes part of; see electron.vite.config.ts. */
const HASH_THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './hash-thread.ts' : './hash-thread.js',
  import.meta.url,
);

/** What a thread was asked for and has not answered. */
interface Asked {
  readonly fd: number;
  readonly answer: PromiseWithResolvers<string>;
}

interface HashThread {
  readonly worker: Worker;
  readonly asked: Map<number, Asked>;
}

/** Hashes ranges of open files in threads of its own, so that the event loop stays free for the sockets. */
export class HashPool {
  readonly #size: number;
  readonly #threads = new Set<HashThread>();
  #jobs = 0;

  constructor(size = Math.min(MAX_THREADS, Math.max(1, availableParallelism() - 1))) {
    this.#size = size;
  }

  /** Something will be hashed soon: a thread is started meanwhile. */
  warmUp(): void {
    if (this.#threads.size === 0) this.#start();
  }

  /**
   * The MD5 in base64 of `length` bytes from `offset` of an open file. Ranges that are asked for together are hashed
   * in lockstep, eight of them in little more time than two would take one after another.
   * @throws Error with Node.js's code where the file cannot be read, `SHORT` where it ends before
   */
  md5(fd: number, offset: number, length: number): Promise<string> {
    const job: HashJob = { id: this.#jobs++, fd, offset, length };
    const answer = Promise.withResolvers<string>();
    const { worker, asked } = this.#threadFor(fd);
    asked.set(job.id, { fd, answer });
    worker.ref();
    worker.postMessage(job);
    return answer.promise;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  /** The ranges of one file go to one thread, to be hashed in lockstep there. */
  #threadFor(fd: number): HashThread {
    const threads = [...this.#threads].sort((a, b) => a.asked.size - b.asked.size);
    const own = threads.find(({ asked }) => [...asked.values()].some((one) => one.fd === fd));
    if (own) return own;
    const [idlest] = threads;
    const isRoom = threads.length < this.#size;
    return idlest && (idlest.asked.size === 0 || !isRoom) ? idlest : this.#start();
  }

  #start(): HashThread {
    const worker = new Worker(HASH_THREAD);
    const asked: HashThread['asked'] = new Map();
    const thread: HashThread = { worker, asked };
    this.#threads.add(thread);
    // Only while something is asked of it does it keep the process alive.
    worker.unref();
    worker.on('message', ({ id, md5, code }: HashAnswer) => {
      const answer = asked.get(id)?.answer;
      asked.delete(id);
      if (asked.size === 0) worker.unref();
      if (md5 !== null) answer?.resolve(md5);
      else answer?.reject(hashFailure(code));
    });
    let failure: unknown = hashFailure('EIO');
    worker.once('error', (error) => {
      failure = error;
    });
    worker.once('exit', () => {
      this.#threads.delete(thread);
      for (const { answer } of asked.values()) answer.reject(failure);
    });
    return thread;
  }
}

function hashFailure(code: string | null): Error {
  return Object.assign(new Error('The file could not be hashed.'), { code });
}
