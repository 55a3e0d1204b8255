// Prints each journey as it ends and what went wrong, and closes with the names of what failed:
// whoever sees only the last lines of a long output still knows where to look.
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';

/** A text without colours. */
const plain = (text: string) => text.replace(/\u001b\[\d+m/g, '');

/** What is printed of one error: a difference between two whole pages runs to megabytes. */
const LONGEST = 6000;

export default class Lines implements Reporter {
  private readonly counts = { passed: 0, failed: 0, skipped: 0 };
  private readonly failures: string[] = [];
  private total = 0;
  private ended = 0;

  onBegin(_: FullConfig, suite: Suite): void {
    this.total = suite.allTests().length;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const kind = result.status === 'passed' || result.status === 'skipped' ? result.status : 'failed';
    this.counts[kind] += 1;
    this.ended += 1;
    const [, project, file, ...title] = test.titlePath();
    const name = `${file?.replace(/(\.both|\.plain)?\.spec\.ts$/, '')}: ${title.join(' › ')}`;
    const seconds = (result.duration / 1000).toFixed(1);
    console.log(`      ${this.ended}/${this.total} ${kind.padEnd(7)} ${project?.padEnd(6)} ${name} (${seconds} s)`);
    for (const { type, description } of result.annotations.filter(({ type }) => type === 'measured')) {
      console.log(`        ${type}: ${description}`);
    }
    if (kind === 'failed') {
      const errors = result.errors.map((error) => plain(error.stack ?? error.message ?? error.value ?? ''));
      for (const error of errors) console.log(error.length > LONGEST ? `${error.slice(0, LONGEST)} …` : error);
      const first = (errors[0] ?? result.status).split('\n', 1)[0];
      this.failures.push(`      ${project} ${name}: ${first?.slice(0, 200)}`);
      for (const file of result.attachments) console.log(`        ${file.name}: ${file.path ?? file.body?.toString()}`);
    }
  }

  /** What a long test says on its way. */
  onStdOut(text: string | Buffer): void {
    process.stdout.write(String(text));
  }

  onError(error: { message?: string; stack?: string }): void {
    this.counts.failed += 1;
    console.error(error.stack ?? error.message);
  }

  onEnd(result: FullResult): void {
    const { passed, failed, skipped } = this.counts;
    for (const failure of this.failures) console.log(failure);
    if (result.status !== 'passed' && failed === 0) console.log(`The journeys ended as "${result.status}".`);
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
