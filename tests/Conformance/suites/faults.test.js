import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { forEachClient } from '../support/clients.js';

forEachClient('faults', ({ fast: { client, connect, sandbox } }) => {
  const get = (from = client) => from.containerApps.get('rg-shop', 'api-catalog');

  afterEach(() => sandbox.clearFaults());

  async function statuses() {
    return (await sandbox.log()).map(request => request.status);
  }

  for (const status of [500, 502, 503, 504]) {
    test(`${status}, then success`, async () => {
      await sandbox.clearLog();
      await sandbox.addFaults({ kind: 'status', status, method: 'GET', path: '*/api-catalog' });

      assert.equal((await get()).name, 'api-catalog');
      assert.deepEqual(await statuses(), [status, 200]);
    });
  }

  test('throttled, then success after the time that the service named', async () => {
    await sandbox.clearLog();
    await sandbox.addFaults({ kind: 'status', status: 429, retryAfter: 'PT1S', times: 2 });
    const begun = performance.now();

    assert.equal((await get()).name, 'api-catalog');
    assert.ok(performance.now() - begun >= 2000);
    assert.deepEqual(await statuses(), [429, 429, 200]);
  });

  test('a connection that breaks, then success', async () => {
    await sandbox.clearLog();
    await sandbox.addFaults({ kind: 'connectionReset', method: 'GET' });

    assert.equal((await get()).name, 'api-catalog');
    assert.deepEqual(await statuses(), [null, 200]);
  });

  test('an expired token, then success with one that meets the claims', async () => {
    const claims = [];
    const other = connect({ onAsked: options => claims.push(options.claims) });
    await sandbox.clearLog();
    await sandbox.addFaults({ kind: 'expiredToken', method: 'GET' });

    assert.equal((await get(other)).name, 'api-catalog');
    assert.deepEqual(await statuses(), [401, 200]);
    assert.equal(claims[0], undefined);
    assert.ok(JSON.parse(claims.at(-1)).access_token);
  });

  test('500 again and again', async () => {
    await sandbox.addFaults({ kind: 'status', status: 500, times: 10 });

    await assert.rejects(get(), error => error.statusCode === 500 && error.code === 'InternalServerError');
  });

  test('a body that is no JSON', async () => {
    await sandbox.addFaults({ kind: 'malformedJson', method: 'GET' });

    await assert.rejects(get(connect({ retryOptions: { maxRetries: 0 } })), /JSON|parse/i);
  });

  test('an operation that ends failed', async () => {
    const { location } = await get();
    await sandbox.addFaults({
      kind: 'operationFails',
      method: 'PATCH',
      errorCode: 'ContainerAppOperationError',
      errorMessage: 'Failed to provision revision.',
    });

    await assert.rejects(
      client.containerApps.beginUpdateAndWait('rg-shop', 'api-catalog', { location, tags: { a: 'b' } }),
      error => /Failed to provision revision/.test(error.message));
  });
});
