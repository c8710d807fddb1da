import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const loop = fileURLToPath(new URL('./powershell.ps1', import.meta.url));
const versions = fileURLToPath(new URL('../../../output/RevisionTools/', import.meta.url));

const program = (process.env.PATH ?? '').split(delimiter)
  .flatMap(folder => [join(folder, 'pwsh'), join(folder, 'pwsh.exe')])
  .find(existsSync);

// What a test that needs the cmdlets has as its skip option: false where they can be run, else the reason.
export const skipWithoutPowerShell = program === undefined && 'pwsh is not on the PATH';

// The manifest of the newest version that a build has laid out.
function findModule() {
  const newest = existsSync(versions) && readdirSync(versions).sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1);
  if (!newest) {
    throw new Error('The module is not built: dotnet build src/RevisionTools.Cmdlets');
  }

  return join(versions, newest, 'RevisionTools.psd1');
}

const quote = text => `'${text.replaceAll("'", "''")}'`;

// Starts a PowerShell that is connected to a world. It has
//   run(script)  runs a command line and gives { output, errors: [{ id, category, message }], warnings }; questions are answered with yes
//   stop()       ends it; it ends with this process at the latest
export async function startPowerShell(world) {
  const shell = spawn(
    program, ['-NoProfile', '-NonInteractive', '-File', loop, '-ManifestPath', findModule()], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  const ended = new Promise(done => shell.on('exit', done));
  ended.then(code => waiting.forEach(({ reject }) => reject(new Error(`PowerShell ended with ${code}.`))));
  createInterface(shell.stdout).on('line', line => waiting.shift().resolve(JSON.parse(line)));

  const run = script => new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    shell.stdin.write(`${JSON.stringify({ script })}\n`);
  });
  const { errors } = await run([
    'Connect-AcaAccount -Endpoint', quote(world.endpoint),
    '-AccessToken (ConvertTo-SecureString -AsPlainText', `${quote(world.token)})`,
    '-CertificateFile', quote(world.caFile),
  ].join(' '));
  if (errors.length > 0) {
    throw new Error(errors[0].message);
  }

  return {
    run,
    stop: () => {
      shell.stdin.end();
      return ended;
    },
  };
}
