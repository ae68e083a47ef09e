import { z } from 'zod';

/** What came of each test, whichever tool has run it. `status` is 'passed', 'failed', or else it was skipped. */
const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});
export type TestReport = z.infer<typeof vitestReport>;
type TestResult = TestReport['testResults'][number]['assertionResults'][number];

const suite = z.object({
  title: z.string(),
  specs: z.array(
    z.object({
      title: z.string(),
      tests: z.array(z.object({ status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']) })),
    }),
  ),
  get suites() {
    return z.array(suite).optional();
  },
});
type Suite = z.infer<typeof suite>;

/** https://playwright.dev/docs/test-reporters#json-reporter */
const playwrightReport = z.object({
  suites: z.array(suite),
  errors: z.array(z.object({ message: z.string().optional() })),
});

/** @throws SyntaxError or z.ZodError where the text is not vitest's JSON report */
export function readVitestReport(text: string): TestReport {
  return vitestReport.parse(JSON.parse(text));
}

/** @throws SyntaxError or z.ZodError where the text is not Playwright's JSON report */
export function readPlaywrightReport(text: string): TestReport {
  const { suites, errors } = playwrightReport.parse(JSON.parse(text));
  const files = suites.map((file) => {
    const assertionResults = results(file, file.title);
    const hasFailed = assertionResults.some(({ status }) => status === 'failed');
    return { name: file.title, status: hasFailed ? 'failed' : 'passed', assertionResults };
  });
  // What could not even be loaded holds no tests, and counts as one that failed.
  const broken = errors.map(({ message = 'broken' }) => ({
    name: message,
    status: 'failed',
    assertionResults: [],
  }));
  return { testResults: [...files, ...broken] };
}

function results({ specs, suites = [] }: Suite, path: string): TestResult[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status }) => ({ fullName: `${path} ${title}`, status: WORDS[status] })),
  );
  return [...own, ...suites.flatMap((inner) => results(inner, `${path} ${inner.title}`))];
}

/** A test that passes only when it is tried again has failed. */
const WORDS = { expected: 'passed', unexpected: 'failed', flaky: 'failed', skipped: 'skipped' } as const;
