import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, forEachClient } from '../support/clients.js';

const names = [
  'web-landing', 'web-shop', 'web-checkout', 'web-search', 'web-account', 'api-catalog', 'api-images',
  'orders-worker', 'func-invoices', 'notifications', 'reports',
];

forEachClient('reading', ({ fast: { client } }) => {
  test('lists the apps of the subscription', async () => {
    const apps = await all(client.containerApps.listBySubscription());

    assert.deepEqual(apps.map(app => app.name), names);
  });

  test('lists the apps of a group', async () => {
    const apps = await all(client.containerApps.listByResourceGroup('rg-data'));

    assert.deepEqual(apps.map(app => app.name), names.slice(7));
    assert.ok(apps.every(app => app.id.includes('/resourceGroups/rg-data/')));
  });

  test('gets an app with what it is made of', async () => {
    const app = await client.containerApps.get('rg-shop', 'web-checkout');

    assert.equal(app.name, 'web-checkout');
    assert.equal(app.type, 'Microsoft.App/containerApps');
    assert.ok(app.location);
    assert.equal(app.provisioningState, 'Succeeded');
    assert.equal(app.latestRevisionName, 'web-checkout--v2-15');
    assert.equal(app.configuration.activeRevisionsMode, 'Multiple');
    assert.equal(app.configuration.maxInactiveRevisions, 100);
    assert.deepEqual(
      app.configuration.ingress.traffic.map(({ revisionName, weight, label }) => ({ revisionName, weight, label })),
      [
        { revisionName: 'web-checkout--v2-14', weight: 90, label: 'stable' },
        { revisionName: 'web-checkout--v2-15', weight: 10, label: 'canary' },
        { revisionName: 'web-checkout--v2-12', weight: 0, label: 'previous' },
      ]);
    assert.ok(app.template.containers[0].image);
    assert.ok(app.systemData.createdAt instanceof Date && !Number.isNaN(app.systemData.createdAt.valueOf()));
  });

  test('lists revisions oldest first, inactive ones too', async () => {
    const revisions = await all(client.containerAppsRevisions.listRevisions('rg-shop', 'web-landing'));

    assert.ok(revisions.length > 3);
    assert.ok(revisions.some(revision => revision.active) && revisions.some(revision => !revision.active));
    const created = revisions.map(revision => revision.createdTime.valueOf());
    assert.deepEqual(created, created.toSorted((one, other) => one - other));
  });

  test('gets a revision, and those in the list are the same', async () => {
    const [first] = await all(client.containerAppsRevisions.listRevisions('rg-shop', 'web-shop'));
    const revision = await client.containerAppsRevisions.getRevision('rg-shop', 'web-shop', first.name);

    assert.deepEqual(revision, first);
    assert.equal(revision.type, 'Microsoft.App/containerapps/revisions');
    assert.equal(revision.provisioningState, 'Provisioned');
    assert.ok(revision.createdTime instanceof Date);
    assert.ok(revision.template.containers[0].image);
    assert.ok(revision.fqdn);
  });

  test('lists and gets replicas', async () => {
    const { latestReadyRevisionName: revision } = await client.containerApps.get('rg-shop', 'web-shop');
    const { value } = await client.containerAppsRevisionReplicas.listReplicas('rg-shop', 'web-shop', revision);
    const replica = await client.containerAppsRevisionReplicas.getReplica('rg-shop', 'web-shop', revision, value[0].name);

    assert.ok(value.length > 0);
    assert.deepEqual(replica, value[0]);
    assert.ok(replica.createdTime instanceof Date);
    assert.equal(replica.runningState, 'Running');
    assert.equal(replica.containers[0].ready, true);
  });

  test('an inactive revision has no replicas', async () => {
    const revisions = await all(client.containerAppsRevisions.listRevisions('rg-shop', 'web-landing'));
    const { name } = revisions.find(revision => !revision.active);

    assert.deepEqual((await client.containerAppsRevisionReplicas.listReplicas('rg-shop', 'web-landing', name)).value, []);
  });
});
