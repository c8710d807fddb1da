import { describe } from 'node:test';
import { ContainerAppsAPIClient as Client3 } from 'arm-appcontainers-3';
import { ContainerAppsAPIClient as Client4 } from 'arm-appcontainers-4';
import { Sandbox } from './sandbox.js';
import { versions } from './versions.js';

const worlds = JSON.parse(process.env.SANDBOX_WORLDS ?? 'null') ?? missing();
const scope = 'https://management.azure.com/.default';

// A client waits between its tries; here only as long as the service demands.
const retryOptions = { maxRetries: 3, retryDelayInMs: 1, maxRetryDelayInMs: 10 };

const constructors = {
  '3.0.0': (credential, subscription, options) => new Client3(credential, subscription, { ...options, credentialScopes: [scope] }),
  '4.0.0': (credential, subscription, options) => new Client4(credential, subscription, { ...options, credentials: { scopes: [scope] } }),
};

function missing() {
  throw new Error('Run the suites with: node run.js');
}

function credentialOf(token) {
  return { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
}

function connect(version, world, { token = world.token, ...options } = {}) {
  return constructors[version](credentialOf(token), Sandbox.subscriptionId, { endpoint: world.endpoint, retryOptions, ...options });
}

// The shared table: every suite runs once for each client, and gets
//   client, sandbox   in the world where what is awaited is there at the first poll
//   still             { client, sandbox } in the world whose clock moves only when it is told to
//   connect(options)  another client of the first world
export function forEachClient(suite, define, only = () => true) {
  for (const version of versions.filter(only)) {
    const { fast, still } = worlds[version];
    describe(`${suite} (arm-appcontainers ${version})`, () => define({
      version,
      client: connect(version, fast),
      sandbox: new Sandbox(fast),
      still: { client: connect(version, still), sandbox: new Sandbox(still), connect: options => connect(version, still, options) },
      connect: options => connect(version, fast, options),
    }));
  }
}

// All items of a list, page by page or not.
export async function all(list) {
  const items = [];
  for await (const item of list) {
    items.push(item);
  }

  return items;
}
