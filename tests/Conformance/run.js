// Starts the sandbox servers, then runs the suites in a process that trusts them: Node reads NODE_EXTRA_CA_CERTS at its start only.
// Arguments go to node --test, for example --test-reporter=tap or --test-name-pattern=traffic.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { versions } from './support/versions.js';
import { startServer } from './support/server.js';

const suites = fileURLToPath(new URL('./suites/', import.meta.url));
const paged = fileURLToPath(new URL('./scenarios/paged.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'revisiontools-conformance-'));
const servers = [];
let code = 1;
try {
  // The worlds of each client: one whose clock runs so fast that what is awaited is there at the first poll, one whose clock
  // stands still, one with lists in pages, and one for what breaks apps, where a second is five minutes: revisions come up and go
  // down while a client waits for its operation.
  const kinds = {
    fast: ['--time-scale', '100000'],
    still: ['--time-scale', '0'],
    paged: ['--scenario', paged],
    outages: ['--time-scale', '300'],
  };
  const worlds = {};
  for (const version of versions) {
    worlds[version] = {};
    for (const [kind, args] of Object.entries(kinds)) {
      const server = await startServer(['--https', '--ca-file', join(folder, `${version}-${kind}.pem`), ...args]);
      servers.push(server);
      worlds[version][kind] = server.ready;
    }
  }

  const authorities = join(folder, 'authorities.pem');
  writeFileSync(authorities, servers.map(server => readFileSync(server.ready.caFile, 'utf8')).join('\n'));
  const files = readdirSync(suites).filter(file => file.endsWith('.test.js')).sort().map(file => join(suites, file));
  code = await runTests([...process.argv.slice(2), ...files], {
    ...process.env,
    NODE_EXTRA_CA_CERTS: authorities,
    SANDBOX_WORLDS: JSON.stringify(worlds),
  });
} catch (failure) {
  console.error(failure.message);
} finally {
  await Promise.all(servers.map(server => server.stop()));
  rmSync(folder, { recursive: true, force: true });
}

process.exitCode = code;

// One file at a time: the worlds are shared.
function runTests(args, env) {
  return new Promise((resolve, reject) => {
    const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', ...args], { env, stdio: 'inherit' });
    tests.on('error', reject);
    tests.on('exit', exitCode => resolve(exitCode ?? 1));
  });
}
