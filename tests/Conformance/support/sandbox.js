// The control calls of a sandbox server.
export class Sandbox {
  static subscriptionId = '5a4db0c5-0000-4000-8000-00000000a11a';

  #endpoint;

  constructor(world) {
    this.#endpoint = world.endpoint;
  }

  advance(seconds) {
    return this.#call('POST', `advance?seconds=${seconds}`);
  }

  async log() {
    return (await this.#call('GET', 'log')).value;
  }

  clearLog() {
    return this.#call('DELETE', 'log');
  }

  addFaults(...faults) {
    return this.#call('POST', 'faults', faults);
  }

  clearFaults() {
    return this.#call('DELETE', 'faults');
  }

  async #call(method, path, body) {
    const answer = await fetch(`${this.#endpoint}/_sandbox/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`);
    }

    return text ? JSON.parse(text) : undefined;
  }
}
