// What legal calls do to an app, and what the cmdlets make of the same wish. Each test first breaks an app with the official client,
// mends it, and then asks the module for the same.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, forEachClient } from '../support/clients.js';
import { skipWithoutPowerShell, startPowerShell } from '../support/powershell.js';

const group = 'rg-shop';

// Waits until something is so; revisions come up and go down within a second here.
async function until(condition) {
  for (let left = 100; !(await condition()); left--) {
    assert.ok(left > 0, `This did not come about: ${condition}`);
    await new Promise(done => setTimeout(done, 100));
  }
}

// How az spreads what the named revisions leave: the weights of all others are multiplied by one factor.
function rescaled(table, named) {
  const sum = entries => entries.reduce((total, { weight }) => total + weight, 0);
  const wanted = Object.values(named).reduce((total, weight) => total + weight, 0);
  const factor = (sum(table) - wanted) / sum(table.filter(({ revisionName }) => !(revisionName in named)));
  return table.map(entry => ({ ...entry, weight: named[entry.revisionName] ?? Math.round(entry.weight * factor) }));
}

forEachClient('outages', ({ outages: { client, sandbox, world } }) => {
  const apps = client.containerApps;
  const revisions = client.containerAppsRevisions;
  let shell;

  before(async () => {
    shell = skipWithoutPowerShell ? undefined : await startPowerShell(world);
  });
  after(() => shell?.stop());

  const get = (app, name) => revisions.getRevision(group, app, name);
  const tableOf = async app => (await apps.get(group, app)).configuration.ingress.traffic
    .map(({ revisionName, latestRevision, weight, label }) => ({
      ...(latestRevision ? { latestRevision } : { revisionName }), weight, ...(label && { label }),
    }));
  // Here an operation is over long before the client would ask for the first time.
  const update = async (app, change) => {
    await apps.beginUpdate(group, app, { location: (await apps.get(group, app)).location, ...change });
    await until(async () => (await apps.get(group, app)).provisioningState === 'Succeeded');
  };
  const setTraffic = (app, traffic) => update(app, { configuration: { ingress: { traffic } } });
  const isUp = async (app, name) => {
    const { active, runningState } = await get(app, name);
    return active && runningState !== 'Deprovisioning' && runningState !== 'Activating' && runningState !== 'Processing';
  };
  const isDown = async (app, name) => !(await get(app, name)).active;
  const writes = async () => (await sandbox.log()).filter(({ method }) => method !== 'GET').map(({ method }) => method);

  // What the module refuses, it refuses before it writes anything.
  async function refuses(script, id, message) {
    await sandbox.clearLog();
    const { output, errors } = await shell.run(script);
    assert.deepEqual([output, errors.map(error => error.id)], [[], [id]]);
    assert.match(errors[0].message, message);
    assert.deepEqual(await writes(), []);
  }

  async function does(script) {
    const { output, errors } = await shell.run(script);
    assert.deepEqual(errors, []);
    return output;
  }

  test('deactivates the revision that carries all traffic', { skip: skipWithoutPowerShell }, async () => {
    await revisions.deactivateRevision(group, 'web-shop', 'web-shop--0000030');
    await until(() => isDown('web-shop', 'web-shop--0000030'));
    assert.equal((await get('web-shop', 'web-shop--0000030')).trafficWeight, 100);

    await revisions.activateRevision(group, 'web-shop', 'web-shop--0000030');
    await until(() => isUp('web-shop', 'web-shop--0000030'));
    await refuses('Set-AcaRevisionState Inactive web-shop web-shop--0000030', 'RevisionProtected', /CarriesTraffic: it gets 100 %/);
    await refuses('Set-AcaRevisionState Inactive web-shop web-shop--0000030 -Force', 'RevisionProtected', /CarriesTraffic/);
    assert.ok(await isUp('web-shop', 'web-shop--0000030'));
  });

  test('deactivates the last active revision', { skip: skipWithoutPowerShell }, async () => {
    const worker = ['orders-worker--0000001', 'orders-worker--0000002', 'orders-worker--0000003'];
    const states = async () => (await all(revisions.listRevisions('rg-data', 'orders-worker'))).filter(({ active }) => active).map(({ name }) => name);
    for (const name of worker) {
      await revisions.deactivateRevision('rg-data', 'orders-worker', name);
    }

    await until(async () => (await states()).length === 0);

    await revisions.activateRevision('rg-data', 'orders-worker', worker[2]);
    await until(async () => (await revisions.getRevision('rg-data', 'orders-worker', worker[2])).runningState === 'Running');
    await refuses('Set-AcaRevisionState Inactive orders-worker orders-worker--0000003', 'RevisionProtected', /LastActive: no other revision would be up/);
    assert.deepEqual(await states(), [worker[2]]);
  });

  test('switches to Single mode while another revision than the latest carries traffic', { skip: skipWithoutPowerShell }, async () => {
    await update('web-account', { configuration: { ingress: { traffic: [{ revisionName: 'web-account--0000001', weight: 100 }] } } });
    await update('web-account', { configuration: { activeRevisionsMode: 'Single' } });
    await until(() => isDown('web-account', 'web-account--0000001'));
    assert.equal((await get('web-account', 'web-account--0000001')).trafficWeight, 100);

    await update('web-account', { configuration: { activeRevisionsMode: 'Multiple' } });
    await revisions.activateRevision(group, 'web-account', 'web-account--0000001');
    await until(() => isUp('web-account', 'web-account--0000001'));
    await refuses('Set-AcaRevisionMode Single web-account', 'RevisionProtected', /CarriesTraffic: 'web-account--0000001' gets 100 %/);
    assert.ok(await isUp('web-account', 'web-account--0000001'));
  });

  test('sends all traffic to an inactive revision', { skip: skipWithoutPowerShell }, async () => {
    const table = await tableOf('web-search');
    await setTraffic('web-search', [{ revisionName: 'web-search--0000001', weight: 100 }]);
    const target = await get('web-search', 'web-search--0000001');
    assert.deepEqual([target.active, target.trafficWeight], [false, 100]);

    await setTraffic('web-search', table);
    await refuses('Set-AcaTraffic web-search -To web-search--0000001', 'TrafficTargetInactive', /web-search--0000001/);
    assert.deepEqual(await tableOf('web-search'), table);
  });

  test('takes shares from revisions that nobody named', { skip: skipWithoutPowerShell }, async () => {
    const table = [
      { revisionName: 'web-checkout--v2-13', weight: 50 },
      { revisionName: 'web-checkout--v2-14', weight: 30, label: 'stable' },
      { revisionName: 'web-checkout--v2-15', weight: 20, label: 'canary' },
    ];
    await setTraffic('web-checkout', rescaled(table, { 'web-checkout--v2-15': 60 }));
    assert.deepEqual((await tableOf('web-checkout')).map(({ weight }) => weight), [25, 15, 60]);

    await setTraffic('web-checkout', table);
    await refuses("Set-AcaTraffic web-checkout -Weight @{ 'v2-15' = 60 }", 'InvalidTrafficSum', /140/);
    await does("Set-AcaTraffic web-checkout -Weight @{ 'v2-15' = 60 } -Remainder v2-13");
    assert.deepEqual((await tableOf('web-checkout')).map(({ weight }) => weight), [10, 30, 60]);
  });

  test('loses labels with a table that does not name them', { skip: skipWithoutPowerShell }, async () => {
    const table = [
      { revisionName: 'web-checkout--v2-14', weight: 90, label: 'stable' },
      { revisionName: 'web-checkout--v2-15', weight: 10, label: 'canary' },
      { revisionName: 'web-checkout--v2-12', weight: 0, label: 'previous' },
    ];
    await setTraffic('web-checkout', [{ revisionName: 'web-checkout--v2-15', weight: 100 }]);
    assert.deepEqual((await tableOf('web-checkout')).filter(({ label }) => label), []);

    await setTraffic('web-checkout', table);
    await does('Set-AcaTraffic web-checkout -To v2-15');
    assert.deepEqual(await tableOf('web-checkout'), table.map((entry, index) => ({ ...entry, weight: [0, 100, 0][index] })));
    await does('Set-AcaRevisionLabel web-checkout v2-13 -Label rollback');
    assert.deepEqual((await tableOf('web-checkout')).map(({ label }) => label).sort(), ['canary', 'previous', 'rollback', 'stable']);
  });

  test('copies the latest revision instead of the one that was named', { skip: skipWithoutPowerShell }, async () => {
    const image = async name => (await get('web-checkout', name)).template.containers[0].image;
    const wanted = await image('web-checkout--v2-12');

    // As az does: the template of the app, which is that of the latest, with another suffix.
    const { template } = await apps.get(group, 'web-checkout');
    await update('web-checkout', { template: { ...template, revisionSuffix: 'copy-of-v2-12' } });
    assert.notEqual(await image('web-checkout--copy-of-v2-12'), wanted);

    await does('New-AcaRevision web-checkout -From v2-12 -Suffix again -Wait');
    assert.equal(await image('web-checkout--again'), wanted);
  });

  test('releases whatever is made, since the table follows the latest', { skip: skipWithoutPowerShell }, async () => {
    const make = async (app, tag) => {
      const { template } = await apps.get(group, app);
      const [container, ...others] = template.containers;
      const image = `${container.image.split(':')[0]}:${tag}`;
      await update(app, { template: { ...template, revisionSuffix: tag, containers: [{ ...container, image }, ...others] } });
    };
    await make('api-catalog', 'untested');
    await until(() => isUp('api-catalog', 'api-catalog--untested'));
    assert.equal((await get('api-catalog', 'api-catalog--untested')).trafficWeight, 100);

    await does('New-AcaRevision api-catalog -Suffix pinned -PinTraffic -Wait');
    assert.deepEqual(await tableOf('api-catalog'), [{ revisionName: 'api-catalog--untested', weight: 100 }]);
    assert.equal((await get('api-catalog', 'api-catalog--pinned')).trafficWeight, 0);
  });
});
