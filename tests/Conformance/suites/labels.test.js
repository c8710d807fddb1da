import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, forEachClient } from '../support/clients.js';

forEachClient('label history', ({ fast: { client } }) => {
  const history = client.containerAppsLabelHistory;

  test('lists and gets the history of labels', async () => {
    const labels = await all(history.listLabelHistory('rg-shop', 'web-checkout'));
    const previous = await history.getLabelHistory('rg-shop', 'web-checkout', 'previous');

    assert.ok(labels.some(({ name }) => name === 'previous'));
    assert.equal(previous.name, 'previous');
    const [record] = previous.properties.records;
    assert.equal(record.revision, 'web-checkout--v2-12');
    assert.ok(record.start instanceof Date && !Number.isNaN(record.start.valueOf()));
    assert.equal(record.status, 'Succeeded');
  });

  test('deletes the history of a label', async () => {
    await history.deleteLabelHistory('rg-shop', 'web-checkout', 'previous');

    await assert.rejects(history.getLabelHistory('rg-shop', 'web-checkout', 'previous'), error => error.statusCode === 404);
  });
}, { from: '4.0.0' });
