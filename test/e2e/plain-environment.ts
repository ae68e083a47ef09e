/** An environment without what a person’s own AWS profile and desktop session would bring into it. */
export function plain(environment: NodeJS.ProcessEnv): Record<string, string> {
  const ours = Object.entries(environment).filter(
    ([name]) => !name.startsWith('AWS_') && !name.startsWith('DBUS_'),
  );
  return Object.fromEntries(ours.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
