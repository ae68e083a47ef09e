import type { Refused, Reply } from './probe.ts';

export interface PostedFile {
  readonly name: string;
  readonly content: string | Buffer;
}

/** Sends a form as a browser does: the fields in their order, the file last. */
export async function postForm(
  url: string,
  fields: Readonly<Record<string, string>>,
  file: PostedFile,
): Promise<Reply> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Buffer.from(file.content)]), file.name);
  const answer = await fetch(url, { method: 'POST', body: form });
  const text = await answer.text();
  const code = /<Error>.*?<Code>([^<]*)<\/Code>/s.exec(text)?.[1] ?? null;
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, code };
}

/** How a form is refused. @throws Error where it is not */
export async function formRefusal(...posted: Parameters<typeof postForm>): Promise<Refused> {
  const { status, code } = await postForm(...posted);
  if (status < 400) throw new Error(`The form was not refused: ${status}.`);
  return { status, code };
}
