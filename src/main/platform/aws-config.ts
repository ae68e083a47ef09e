import { loadSharedConfigFiles } from '@smithy/core/config';
import type { AwsConfig } from '../command/context.ts';

/**
 * The profiles of ~/.aws by name, with what they say of regions and endpoints. Their keys are not read here.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readAwsProfiles(): Promise<Readonly<Record<string, AwsConfig>>> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const said = { ...credentialsFile[name], ...configFile[name] };
      const { region, endpoint_url: endpointUrl } = said;
      return [name, { ...(region ? { region } : {}), ...(endpointUrl ? { endpointUrl } : {}) }];
    }),
  );
}
