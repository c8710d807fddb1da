import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const project = new URL('../../../src/RevisionTools.Sandbox.Server/', import.meta.url);

// The newest build of the server.
function findServer() {
  const builds = ['Debug', 'Release']
    .map(configuration => fileURLToPath(new URL(`bin/${configuration}/net10.0/RevisionTools.Sandbox.Server.dll`, project)))
    .filter(existsSync)
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (builds.length === 0) {
    throw new Error('The sandbox server is not built: dotnet build src/RevisionTools.Sandbox.Server');
  }

  return builds[0];
}

// Starts a server and waits until it is ready; it stops with this process at the latest.
export function startServer(args) {
  return new Promise((resolve, reject) => {
    const server = spawn(
      'dotnet',
      ['exec', findServer(), 'serve', '--parent-pid', `${process.pid}`, ...args],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise(done => server.on('exit', done));
    server.on('error', reject);
    server.on('exit', code => reject(new Error(`The sandbox server ended with ${code} before it was ready.`)));
    createInterface(server.stdout).once('line', line => resolve({
      ready: JSON.parse(line),
      stop: () => {
        server.kill('SIGTERM');
        return ended;
      },
    }));
  });
}
