import type { Protocol } from 'electron';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { expect, it } from 'vitest';
import { serveApp } from '../../src/main/shell/app-protocol.ts';

type Handler = Parameters<Protocol['handle']>[1];

/** The policy as a page of the app is answered with it. */
async function servedPolicy(): Promise<string> {
  let handler: Handler | undefined;
  const protocol = { handle: (_scheme: string, given: Handler) => (handler = given) };
  serveApp(protocol as unknown as Protocol, import.meta.dirname);
  const request = { url: 'app://sandglass/no-such-page', method: 'GET' } as Parameters<Handler>[0];
  return (await handler?.(request))?.headers.get('content-security-policy') ?? '';
}

const findings = (policy: string) => new CspEvaluator(new CspParser(policy).csp).evaluate();
/** Below this come “may be a problem” of a medium kind, which it says of every `'self'`, and remarks. */
const isSerious = ({ severity }: { severity: Severity }) => severity < Severity.MEDIUM_MAYBE;

it('Google’s evaluator of such policies finds nothing high, and nothing of a medium kind that is sure', async () => {
  const policy = await servedPolicy();
  expect(policy).toContain("script-src 'self'");
  const serious = findings(policy).filter(isSerious);
  expect(serious.map(({ directive, value, description }) => [directive, value, description])).toEqual([]);
});

it.each(["script-src 'self' 'unsafe-inline'", 'script-src https:', "object-src 'none'"])(
  'it would find something in %j',
  (policy) => {
    expect(findings(policy).filter(({ severity }) => severity === Severity.HIGH)).not.toEqual([]);
  },
);
