import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachClient } from '../support/clients.js';

forEachClient('revisions', ({ still: { client, sandbox } }) => {
  const revisions = client.containerAppsRevisions;

  test('deactivates at once, and the revision goes down later', async () => {
    await revisions.deactivateRevision('rg-shop', 'web-shop', 'web-shop--0000003');
    await sandbox.advance(5);
    const going = await revisions.getRevision('rg-shop', 'web-shop', 'web-shop--0000003');
    await sandbox.advance(120);
    const gone = await revisions.getRevision('rg-shop', 'web-shop', 'web-shop--0000003');

    assert.deepEqual([going.active, going.runningState], [true, 'Deprovisioning']);
    assert.deepEqual([gone.active, gone.runningState, gone.replicas], [false, 'Stopped', 0]);
    assert.ok(gone.lastActiveTime instanceof Date);
  });

  test('activates again', async () => {
    await revisions.activateRevision('rg-shop', 'web-shop', 'web-shop--0000003');
    await sandbox.advance(120);
    const revision = await revisions.getRevision('rg-shop', 'web-shop', 'web-shop--0000003');

    assert.deepEqual([revision.active, revision.healthState], [true, 'Healthy']);
  });

  test('restarts', async () => {
    await revisions.restartRevision('rg-shop', 'web-shop', 'web-shop--0000004');
    await sandbox.advance(120);

    assert.equal((await revisions.getRevision('rg-shop', 'web-shop', 'web-shop--0000004')).active, true);
  });
});
