import { writeFileSync } from 'node:fs';

/** Writes to the file `FLAKY_FILE` names, as JSON, which tests passed only when tried again, with what went wrong at first. */
export default class FlakyReporter {
  #flaky = [];

  onTestCaseResult(test) {
    if (!test.diagnostic()?.flaky) return;
    const why = (test.result().errors ?? []).map(({ message }) => message);
    this.#flaky.push(`${test.module.relativeModuleId}: ${test.fullName}\n${why.join('\n')}`);
  }

  onTestRunEnd() {
    writeFileSync(process.env.FLAKY_FILE, JSON.stringify(this.#flaky));
  }
}
