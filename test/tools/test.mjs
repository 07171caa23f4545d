// npm test: installs what is needed, a Chromium too, then checks format, lint and types, builds, and runs the unit,
// browser and end-to-end tests. Closes with the line "N passed, N failed".
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { install, ROOT } from './install.mjs';

install();

const results = `${ROOT}/test-results`;
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const began = Date.now();
const steps = [];
const chromium = findChromium();
// The page's tests want the build and take longest; whoever is done first takes what is left.
await twoAtATime(
  async () => {
    await Promise.all([check('build', 'npm', ['run', '--silent', 'build']), chromium]);
    await playwright('page', 2);
  },
  () => check('types', 'npm', ['run', '--silent', 'types']),
  () => check('lint', 'npm', ['run', '--silent', 'lint']),
  () => check('format', 'npx', ['oxfmt', '--check']),
  () => chromium.then(() => vitest('unit')),
  () => vitest('browser'),
  // How late the page answers is measured by this alone (docs/performance.md); here it must answer and go on.
  () => playwright('robustness', 1),
);

console.log('');
for (const step of steps) {
  console.log(
    `${step.failed ? '✗' : '✓'} ${step.name.padEnd(12)} ${step.passed} passed, ${step.failed} failed${step.skipped ? `, ${step.skipped} skipped` : ''} (${step.seconds} s)`,
  );
}
const sum = (key) => steps.reduce((total, step) => total + step[key], 0);
console.log(`  ${'all'.padEnd(12)} ${Math.round((Date.now() - began) / 1000)} s`);
// By name once more, since the words of a step stand far above.
for (const { name, failures = [], flaky = [] } of steps) {
  for (const test of failures) console.log(`\n✗ ${name}: ${test}`);
  for (const test of flaky) console.log(`\n~ ${name}: ${test}: passed when tried again`);
}
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') > 0 ? 1 : 0);

/** What needs no browser goes on while one is installed. */
async function findChromium() {
  const { chromiumPath } = await import('./browser.mjs');
  if (chromiumPath()) return;
  console.log('No Chromium found (CHROME_PATH, Playwright, system). Installing one …');
  await started('npx', ['playwright', 'install', 'chromium']);
  if (chromiumPath()) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...asRoot, 'apt-get', ...args];
    return started(command, rest, { DEBIAN_FRONTEND: 'noninteractive' });
  };
  if (existsSync('/usr/bin/apt-get')) {
    await apt('update', '-qq');
    await apt('install', '-y', '-qq', 'chromium');
  }
  if (!chromiumPath()) {
    console.error('No Chromium could be installed. Install one and set CHROME_PATH to it.');
    process.exit(1);
  }
}

/** Runs a command with the terminal's own output. */
function started(command, args, env = {}) {
  const stdio = ['ignore', 'inherit', 'inherit'];
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio,
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  return new Promise((done) => {
    child.on('close', done);
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      done(1);
    });
  });
}

/** Begins the next work whenever one of two has ended. */
async function twoAtATime(...works) {
  const take = async () => {
    for (let work = works.shift(); work; work = works.shift()) await work();
  };
  await Promise.all([take(), take()]);
}

/** Runs a command, shows its words together when it has ended, and notes what `count` makes of its exit code. */
async function step(name, command, args, count, env = {}) {
  console.log(`── ${name} …`);
  const began = Date.now();
  const child = spawn(command, args, {
    cwd: ROOT,
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  const words = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => words.push(part));
  const code = await new Promise((done) => {
    child.on('close', done);
    child.on('error', (error) => {
      words.push(Buffer.from(`${command}: ${error.message}\n`));
      done(1);
    });
  });
  console.log(`\n── ${name}`);
  process.stdout.write(Buffer.concat(words));
  steps.push({ name, skipped: 0, ...count(code), seconds: Math.round((Date.now() - began) / 1000) });
}

function check(name, command, args) {
  return step(name, command, args, (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }));
}

function vitest(project) {
  const file = `${results}/${project}.json`;
  const again = `${results}/${project}-flaky.json`;
  const reporters = ['--reporter=default', '--reporter=json', '--reporter=./test/tools/flaky-reporter.mjs'];
  const args = ['vitest', 'run', '--project', project, ...reporters, `--outputFile.json=${file}`];
  const count = (code) => {
    if (!existsSync(file)) return { passed: 0, failed: 1 };
    const report = JSON.parse(readFileSync(file, 'utf8'));
    // A file that fails to load, or an error outside any test, fails the run without a failed test.
    const failed = Math.max(report.numFailedTests, code === 0 ? 0 : 1);
    const failures = report.testResults.flatMap(({ name, message, assertionResults }) => [
      ...(message ? [`${name}\n${message}`] : []),
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages.join('\n')}`),
    ]);
    const flaky = existsSync(again) ? JSON.parse(readFileSync(again, 'utf8')) : [];
    return { passed: report.numPassedTests, failed, failures, flaky, skipped: report.numPendingTests };
  };
  return step(project, 'npx', args, count, { FLAKY_FILE: again });
}

/** The built page in a browser: the tests of one of the configuration's projects. */
function playwright(project, workers) {
  const file = `${results}/${project}.json`;
  const args = ['-c', 'test/e2e/playwright.config.ts', '--project', project, '--workers', String(workers)];
  const count = (code) => {
    if (!existsSync(file)) return { passed: 0, failed: 1 };
    const { stats, suites } = JSON.parse(readFileSync(file, 'utf8'));
    const specs = specsOf({ suites });
    const named = (status) =>
      specs
        .filter(({ tests }) => tests.some((test) => test.status === status))
        .map((spec) => `${spec.file}:${spec.line}: ${spec.title}`);
    return {
      passed: stats.expected + stats.flaky,
      failed: Math.max(stats.unexpected, code === 0 ? 0 : 1),
      failures: named('unexpected'),
      flaky: named('flaky'),
      skipped: stats.skipped,
    };
  };
  return step(project, 'npx', ['playwright', 'test', ...args], count, { REPORT_FILE: file });
}

function specsOf({ suites = [], specs = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}
