import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MetadataServer {
  readonly url: string;
  /** Requests that came, one line each. */
  readonly lines: readonly string[];
  close(): void;
}

/**
 * An EC2 instance's metadata service, version 2: a token by PUT, then the role's name, then its keys.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export async function metadataServer(keys: () => object): Promise<MetadataServer> {
  const lines: string[] = [];
  const token = 'imds-token';
  const server = createServer((request, response) => {
    lines.push(`${request.method} ${request.url}`);
    if (request.method === 'PUT' && request.url === '/latest/api/token') return response.end(token);
    if (request.headers['x-aws-ec2-metadata-token'] !== token) return response.writeHead(401).end();
    if (request.url === '/latest/meta-data/iam/security-credentials/') return response.end('film-role');
    if (request.url?.endsWith('/film-role'))
      return response.end(JSON.stringify({ Code: 'Success', ...keys() }));
    return response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
