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

function credentialOf(token, onAsked) {
  return {
    getToken: async (scopes, options) => {
      onAsked?.(options);
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}

function connect(version, world, { token = world.token, onAsked, ...options } = {}) {
  return constructors[version](credentialOf(token, onAsked), Sandbox.subscriptionId, { endpoint: world.endpoint, retryOptions, ...options });
}

// The shared table: every suite runs once for each client, and gets the worlds of run.js (fast, still, paged, outages). Each has
//   client            the client of that world
//   connect(options)  another one: with a token of its own, or an onAsked that hears what tokens are asked for
//   sandbox           its control calls
//   world             its endpoint, token and certificate
// A suite about what an older client does not have names the first version that does.
export function forEachClient(suite, define, { from = versions[0] } = {}) {
  for (const version of versions.slice(versions.indexOf(from))) {
    const own = Object.entries(worlds[version]).map(([kind, world]) => [kind, {
      client: connect(version, world),
      connect: options => connect(version, world, options),
      sandbox: new Sandbox(world),
      world,
    }]);
    describe(`${suite} (arm-appcontainers ${version})`, () => define({ version, ...Object.fromEntries(own) }));
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

// The items of a list, each page by itself.
export async function pages(list) {
  const found = [];
  for await (const page of list.byPage()) {
    found.push([...page]);
  }

  return found;
}
