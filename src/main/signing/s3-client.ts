import { S3Client, type ServiceInputTypes, type ServiceOutputTypes } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { DeserializeMiddleware } from '@smithy/types';
import type { Credentials } from '../credentials/credentials.ts';
import type { BucketLocation } from './location.ts';
import type { ServerClock } from './server-clock.ts';

/** Where the sockets' patience ends, in milliseconds: to put ten thousand parts together takes a server minutes. */
const TIMEOUTS = { connectionTimeout: 10_000, requestTimeout: 180_000, throwOnRequestTimeout: true };

/** All clients use the same connections: each share has a client of its own, and a handshake takes longer than HEAD. */
const connections = new NodeHttpHandler(TIMEOUTS);

/** Drops every connection: after a sleep, or where the network has changed, none of them leads anywhere. */
export function dropClientConnections(): void {
  connections.destroy();
}

/** Made anew where the clock has moved since. */
interface Known {
  readonly offset: number;
  readonly client: S3Client;
}

/** By clock, credentials and place, and gone with the credentials: a renewed token has a client of its own. */
const known = new WeakMap<ServerClock, WeakMap<Credentials, Map<string, Known>>>();

/**
 * The client for one bucket and one set of credentials. It is the same one as long as the credentials are the same
 * object and the clock has learned nothing new: to make one takes as long as to sign ten links.
 */
export function s3Client(location: BucketLocation, credentials: Credentials, clock: ServerClock): S3Client {
  const byCredentials = known.get(clock) ?? new WeakMap<Credentials, Map<string, Known>>();
  known.set(clock, byCredentials);
  const byPlace = byCredentials.get(credentials) ?? new Map<string, Known>();
  byCredentials.set(credentials, byPlace);
  const place = JSON.stringify(location);
  const { offset } = clock;
  const before = byPlace.get(place);
  if (before?.offset === offset) return before.client;
  const client = newClient(location, credentials, clock);
  byPlace.set(place, { offset, client });
  return client;
}

/**
 * Both checksum settings are WHEN_REQUIRED because presigned
 * URLs would else carry the checksum of an empty body, which R2, B2 and others refuse. One attempt: the callers own
 * the retry policy. Every answer teaches the clock.
 */
function newClient(location: BucketLocation, credentials: Credentials, clock: ServerClock): S3Client {
  const { variants = [] } = location;
  const client = new S3Client({
    region: location.region,
    credentials,
    forcePathStyle: location.pathStyle,
    ...(location.endpoint ? { endpoint: location.endpoint } : {}),
    // A link is derived again from what history keeps, so nothing around the process may bend its address.
    ignoreConfiguredEndpointUrls: true,
    useDualstackEndpoint: variants.includes('dualstack'),
    useFipsEndpoint: variants.includes('fips'),
    useAccelerateEndpoint: variants.includes('accelerate'),
    systemClockOffset: clock.offset,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: connections,
    maxAttempts: 1,
  });
  // Nearest to the wire, so that refusals teach the clock too: the deserializer turns them into errors.
  client.middlewareStack.addRelativeTo(learning(clock), {
    relation: 'after',
    toMiddleware: 'deserializerMiddleware',
    name: 'learnServerClock',
  });
  return client;
}

function learning(clock: ServerClock): DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> {
  return (next) => async (args) => {
    const heard = clock.asking();
    const result = await next(args);
    heard((result.response as { headers?: Record<string, string> }).headers?.['date']);
    return result;
  };
}
