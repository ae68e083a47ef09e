import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { ENDPOINT_VARIANTS } from '../../shared/endpoint-variant.ts';
import type { AwsConfig } from '../command/context.ts';

/**
 * The profiles of ~/.aws by name, with what they say of regions and endpoints. Their keys are not read here.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readAwsProfiles(): Promise<Readonly<Record<string, AwsConfig>>> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const said = { ...credentialsFile[name], ...configFile[name] };
      const { region, endpoint_url: endpointUrl } = said;
      return [
        name,
        { ...(region ? { region } : {}), ...(endpointUrl ? { endpointUrl } : {}), ...howToReach(said) },
      ];
    }),
  );
}

/**
 * What a profile says of AWS's endpoints. What stands below `s3 =` counts before what stands beside it.
 * https://docs.aws.amazon.com/cli/latest/topic/s3-config.html
 */
function howToReach(said: Readonly<Record<string, string | undefined>>): Partial<AwsConfig> {
  const variants = ENDPOINT_VARIANTS.filter((variant) => {
    const setting = `use_${variant}_endpoint`;
    return (said[`s3.${setting}`] ?? said[setting])?.toLowerCase() === 'true';
  });
  const style = said['s3.addressing_style'];
  return {
    ...(style === 'path' || style === 'virtual' ? { pathStyle: style === 'path' } : {}),
    ...(variants.length > 0 ? { variants } : {}),
  };
}

/** Names the files of ~/.aws as they are now: whoever changes one changes this. */
export function awsFilesStamp(env: Readonly<Record<string, string | undefined>>): string {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const files = [
    env['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials'),
  ];
  const facts = files.map((path) => statSync(path, { throwIfNoEntry: false }));
  return facts.map((file) => (file ? `${file.mtimeMs}-${file.size}-${file.ino}` : 'none')).join(' ');
}
