// Prints each journey as it ends, what went wrong in full, and one closing line.
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';

/** A text without colours. */
const plain = (text: string) => text.replace(/\u001b\[\d+m/g, '');

export default class Lines implements Reporter {
  private readonly counts = { passed: 0, failed: 0, skipped: 0 };
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
      for (const error of result.errors) console.log(plain(error.stack ?? error.message ?? error.value ?? ''));
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
    if (result.status !== 'passed' && failed === 0) console.log(`The journeys ended as "${result.status}".`);
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
