import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, forEachClient } from '../support/clients.js';

const environmentId =
  '/subscriptions/5a4db0c5-0000-4000-8000-00000000a11a/resourceGroups/rg-platform/providers/Microsoft.App/managedEnvironments/env-northeurope';

forEachClient('writing', ({ client }) => {
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

  test('creates an app', async () => {
    const created = await apps.beginCreateOrUpdateAndWait('rg-shop', 'made-here', {
      location: 'northeurope',
      environmentId,
      configuration: { activeRevisionsMode: 'Multiple', ingress: { external: true, targetPort: 80 } },
      template: { containers: [{ name: 'main', image: 'registry.example/made-here:1' }] },
    });
    const app = await apps.get('rg-shop', 'made-here');

    assert.equal(created.name, 'made-here');
    assert.equal(app.provisioningState, 'Succeeded');
    assert.match(app.latestRevisionName, /^made-here--[a-z0-9]{7}$/);
    assert.equal((await all(client.containerAppsRevisions.listRevisions('rg-shop', 'made-here'))).length, 1);
  });

  test('updates an app with the whole of it', async () => {
    const app = await apps.get('rg-shop', 'made-here');
    app.template.containers[0].image = 'registry.example/made-here:2';

    await apps.beginCreateOrUpdateAndWait('rg-shop', 'made-here', app);

    assert.equal((await apps.get('rg-shop', 'made-here')).latestRevisionName, 'made-here--0000001');
  });
});
