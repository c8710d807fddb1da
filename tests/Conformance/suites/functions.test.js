import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, forEachClient } from '../support/clients.js';

forEachClient('functions', ({ fast: { client } }) => {
  test('lists and gets the functions of an app', async () => {
    const functions = await all(client.containerAppsFunctions.list('rg-data', 'func-invoices'));
    const one = await client.containerAppsFunctions.get('rg-data', 'func-invoices', 'SendReminders');

    assert.deepEqual(functions.map(({ triggerType }) => triggerType), ['httpTrigger', 'timerTrigger', 'queueTrigger']);
    assert.ok(functions.every(({ state, language }) => state === 'Enabled' && language));
    assert.equal(one.triggerType, 'timerTrigger');
  });

  test('lists and gets the functions of a revision', async () => {
    const { latestRevisionName: revision } = await client.containerApps.get('rg-data', 'func-invoices');
    const functions = await all(client.containerAppsRevisionFunctions.list('rg-data', 'func-invoices', revision));
    const one = await client.containerAppsRevisionFunctions.get('rg-data', 'func-invoices', revision, 'CreateInvoice');

    assert.equal(functions.length, 3);
    assert.ok(functions.some(({ id }) => id === one.id));
    assert.equal(one.triggerType, 'queueTrigger');
  });

  test('has no functions of an absent revision', () => assert.rejects(
    all(client.containerAppsRevisionFunctions.list('rg-data', 'func-invoices', 'func-invoices--nothing')),
    error => error.statusCode === 500 && error.code === 'InternalServerError'));
}, { from: '4.0.0' });
