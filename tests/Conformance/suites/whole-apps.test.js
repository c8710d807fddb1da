import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, forEachClient } from '../support/clients.js';

const environmentId =
  '/subscriptions/5a4db0c5-0000-4000-8000-00000000a11a/resourceGroups/rg-platform/providers/Microsoft.App/managedEnvironments/env-northeurope';

forEachClient('whole apps', ({ fast: { client } }) => {
  const apps = client.containerApps;

  test('creates an app', async () => {
    const created = await apps.beginCreateOrUpdateAndWait('rg-shop', 'made-here', {
      location: 'northeurope',
      environmentId,
      configuration: {
        activeRevisionsMode: 'Multiple',
        ingress: { external: true, targetPort: 80 },
        secrets: [{ name: 'key', value: 'of-the-test' }],
      },
      template: { containers: [{ name: 'main', image: 'registry.example/made-here:1' }] },
    });
    const app = await apps.get('rg-shop', 'made-here');

    assert.equal(created.name, 'made-here');
    assert.equal(app.provisioningState, 'Succeeded');
    assert.match(app.latestRevisionName, /^made-here--[a-z0-9]{7}$/);
    assert.equal((await all(client.containerAppsRevisions.listRevisions('rg-shop', 'made-here'))).length, 1);
  });

  test('lists its secrets, and shows none of them elsewhere', async () => {
    const { value } = await apps.listSecrets('rg-shop', 'made-here');
    const app = await apps.get('rg-shop', 'made-here');

    assert.deepEqual(value.map(({ name, value: text }) => ({ name, text })), [{ name: 'key', text: 'of-the-test' }]);
    assert.deepEqual(app.configuration.secrets.map(({ name, value: text }) => ({ name, text })), [{ name: 'key', text: undefined }]);
  });

  test('updates it with the whole of it', async () => {
    const app = await apps.get('rg-shop', 'made-here');
    app.template.containers[0].image = 'registry.example/made-here:2';

    await apps.beginCreateOrUpdateAndWait('rg-shop', 'made-here', app);

    assert.equal((await apps.get('rg-shop', 'made-here')).latestRevisionName, 'made-here--0000001');
  });

  test('stops and starts it', async () => {
    await apps.beginStopAndWait('rg-shop', 'made-here');
    const stopped = await apps.get('rg-shop', 'made-here');
    await apps.beginStartAndWait('rg-shop', 'made-here');
    const started = await apps.get('rg-shop', 'made-here');

    assert.deepEqual([stopped.runningStatus, started.runningStatus], ['Stopped', 'Running']);
  });

  test('deletes it and waits for it', async () => {
    await apps.beginDeleteAndWait('rg-shop', 'made-here');

    await assert.rejects(apps.get('rg-shop', 'made-here'), error => error.statusCode === 404 && error.code === 'ResourceNotFound');
  });

  test('deletes what is not there', () => apps.beginDeleteAndWait('rg-shop', 'made-here'));
});
