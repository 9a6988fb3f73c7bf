// @ts-check
// Whether the agent in this container takes messages: what Docker asks, and shows what this says. Dependency-free, and over TLS where
// the listener has it.
import { get as getClear } from 'node:http';
import { get as getSecure } from 'node:https';

const port = process.env.CORDON_HTTP_PORT || '8480';

/**
 * @param {typeof getClear | typeof getSecure} get
 * @param {string} scheme
 * @returns {Promise<string>} the status, or what was in the way
 */
function ask(get, scheme) {
  return new Promise((resolve) => {
    // Whose certificate it is does not matter here: the question goes to this container, and carries nothing.
    const request = get(`${scheme}://127.0.0.1:${port}/readyz`, { rejectUnauthorized: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(String(response.statusCode));
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', (error) => resolve(error.message));
  });
}

const answers = [await ask(getClear, 'http')];
if (answers[0] !== '200') answers.push(await ask(getSecure, 'https'));
process.stdout.write(`http: ${answers[0]}${answers[1] === undefined ? '' : `, https: ${answers[1]}`}\n`);
process.exitCode = answers.at(-1) === '200' ? 0 : 1;
