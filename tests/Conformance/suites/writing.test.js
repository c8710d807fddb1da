import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachClient } from '../support/clients.js';

forEachClient('writing', ({ fast: { client } }) => {
  const apps = client.containerApps;

  test('moves traffic and waits for it', async () => {
    const before = await apps.get('rg-shop', 'web-checkout');
    const traffic = [
      { revisionName: 'web-checkout--v2-14', weight: 50, label: 'stable' },
      { revisionName: 'web-checkout--v2-15', weight: 50, label: 'canary' },
    ];

    const updated = await apps.beginUpdateAndWait('rg-shop', 'web-checkout', {
      location: before.location,
      configuration: { ingress: { traffic } },
    });
    const after = await apps.get('rg-shop', 'web-checkout');

    assert.deepEqual(
      after.configuration.ingress.traffic.map(({ revisionName, weight, label }) => ({ revisionName, weight, label })), traffic);
    assert.equal(updated.name, 'web-checkout');
    assert.equal(after.configuration.ingress.targetPort, before.configuration.ingress.targetPort);
    assert.equal(after.latestRevisionName, before.latestRevisionName);
  });

  test('switches the revision mode', async () => {
    const { location } = await apps.get('rg-shop', 'web-landing');

    await apps.beginUpdateAndWait('rg-shop', 'web-landing', { location, configuration: { activeRevisionsMode: 'Multiple' } });

    assert.equal((await apps.get('rg-shop', 'web-landing')).configuration.activeRevisionsMode, 'Multiple');
  });

  test('makes a revision of a new template', async () => {
    const before = await apps.get('rg-shop', 'web-account');
    const [container] = before.template.containers;

    await apps.beginUpdateAndWait('rg-shop', 'web-account', {
      location: before.location,
      template: { containers: [{ ...container, image: 'registry.example/web-account:new' }] },
    });
    const after = await apps.get('rg-shop', 'web-account');
    const revision = await client.containerAppsRevisions.getRevision('rg-shop', 'web-account', after.latestRevisionName);

    assert.notEqual(after.latestRevisionName, before.latestRevisionName);
    assert.equal(revision.template.containers[0].image, 'registry.example/web-account:new');
  });
});
