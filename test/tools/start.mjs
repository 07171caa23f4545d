// npm start: installs, builds, and serves the built page.
import { install, run } from './install.mjs';

install();
if (run('npm', ['run', '--silent', 'build']) !== 0) process.exit(1);
console.log('\nLevain is built in dist/ and served here (Ctrl+C stops):');
process.exit(run('npx', ['vite', 'preview', '--port', process.env.PORT ?? '4173']));
