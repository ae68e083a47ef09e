import type { S3Client } from '@aws-sdk/client-s3';
import type { Asked } from '../../shared/s3-refusal.ts';
import { sdkFailure } from './sdk-failure.ts';

/** Asked anew for every request, since credentials may have been renewed. */
export type AskClient = () => Promise<S3Client>;

/**
 * Sends one request, signed in its headers, with the client of this moment.
 * @throws SandglassError as `refusalError` names it, or `unreachable`; what the client itself can't be had for, as it is
 */
export async function signedRequest<Answer>(
  ask: AskClient,
  asked: Asked,
  send: (client: S3Client) => Promise<Answer>,
): Promise<Answer> {
  const client = await ask();
  try {
    return await send(client);
  } catch (error) {
    throw sdkFailure(error, asked);
  }
}
