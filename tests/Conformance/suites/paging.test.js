import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, forEachClient, pages } from '../support/clients.js';

forEachClient('paging', ({ paged: { client, sandbox } }) => {
  test('follows the pages of a list of apps', async () => {
    await sandbox.clearLog();

    const found = await pages(client.containerApps.listBySubscription());

    assert.deepEqual(found.map(page => page.map(app => app.name)), [['one', 'two'], ['three']]);
    assert.equal((await sandbox.log()).length, 2);
  });

  test('follows the pages of a list of revisions', async () => {
    const found = await pages(client.containerAppsRevisions.listRevisions('rg-pages', 'one'));

    assert.deepEqual(found.map(page => page.map(revision => revision.name)), [['one--a', 'one--b'], ['one--c', 'one--d'], ['one--e']]);
  });

  test('gives the items of all pages', async () => {
    const apps = await all(client.containerApps.listByResourceGroup('rg-pages'));

    assert.deepEqual(apps.map(app => app.name), ['one', 'two', 'three']);
  });
});
