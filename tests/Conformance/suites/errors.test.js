import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachClient } from '../support/clients.js';

function restError(statusCode, code) {
  return error => {
    assert.equal(error.name, 'RestError');
    assert.deepEqual([error.statusCode, error.code], [statusCode, code]);
    assert.ok(error.message);
    return true;
  };
}

forEachClient('errors', ({ fast: { client, connect }, still }) => {
  test('an absent app', () => assert.rejects(client.containerApps.get('rg-shop', 'nothing'), restError(404, 'ResourceNotFound')));

  test('an absent group', () => assert.rejects(client.containerApps.get('rg-nothing', 'nothing'), restError(404, 'ResourceGroupNotFound')));

  test('an absent revision', () => assert.rejects(
    client.containerAppsRevisions.getRevision('rg-shop', 'web-shop', 'web-shop--nothing'), restError(404, 'ContainerAppRevisionNotFound')));

  test('a revision of an absent app', () => assert.rejects(
    client.containerAppsRevisions.activateRevision('rg-shop', 'nothing', 'nothing--1'), restError(404, 'ParentResourceNotFound')));

  test('a wrong token', () => assert.rejects(
    connect({ token: 'another-token' }).containerApps.get('rg-shop', 'web-shop'), restError(401, 'InvalidAuthenticationToken')));

  test('an api-version that nobody knows', () => assert.rejects(
    connect({ apiVersion: '1999-01-01' }).containerApps.get('rg-shop', 'web-shop'), restError(400, 'NoRegisteredProviderFound')));

  test('traffic that does not sum to 100', async () => {
    const { location } = await client.containerApps.get('rg-shop', 'web-checkout');

    await assert.rejects(
      client.containerApps.beginUpdateAndWait('rg-shop', 'web-checkout', {
        location,
        configuration: { ingress: { traffic: [{ latestRevision: true, weight: 90 }] } },
      }),
      restError(400, 'ContainerAppInvalidTraffic'));
  });

  test('a second writer', async () => {
    const apps = still.client.containerApps;
    const { location } = await apps.get('rg-shop', 'web-search');
    const first = await apps.beginUpdate('rg-shop', 'web-search', { location, tags: { turn: 'first' } });

    await assert.rejects(
      apps.beginUpdateAndWait('rg-shop', 'web-search', { location, tags: { turn: 'second' } }),
      restError(409, 'ContainerAppOperationInProgress'));
    await still.sandbox.advance(60);
    await first.pollUntilDone();

    assert.equal((await apps.get('rg-shop', 'web-search')).tags.turn, 'first');
  });

  test('reads beyond the bucket', async () => {
    const { containerApps } = still.connect({ retryOptions: { maxRetries: 0 } });
    await still.sandbox.advance(3600);
    const refusal = await (async () => {
      for (let count = 0; count <= 250; count++) {
        try {
          await containerApps.get('rg-shop', 'web-shop');
        } catch (error) {
          assert.equal(count, 250);
          return error;
        }
      }
    })();

    assert.ok(restError(429, 'SubscriptionRequestsThrottled')(refusal));
    assert.equal(refusal.response.headers.get('retry-after'), '10');
    await still.sandbox.advance(10);
    assert.equal((await containerApps.get('rg-shop', 'web-shop')).name, 'web-shop');
  });
});
