// Receives webhooks: verifies, echoes the challenge, drops what it has seen. SECRET=whsec_… PORT=9000 node receive.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from(process.env.SECRET.replace('whsec_', ''), 'base64');
const seen = new Set();

function genuine(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': given = '' } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(time)) < 300)) return false;
  const expected = Buffer.from('v1,' + createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64'));
  return given.split(' ').map(one => Buffer.from(one))
    .some(one => one.length === expected.length && timingSafeEqual(one, expected));
}

createServer(async (request, response) => {
  const chunks = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return; // whoever broke off in the middle waits for no answer
  }
  const body = Buffer.concat(chunks);
  if (!genuine(request.headers, body)) return response.writeHead(401).end();
  const message = JSON.parse(body);
  if (message.type === 'webhook.challenge') return response.end(message.data.challenge);
  const id = request.headers['webhook-id'];
  if (!seen.has(id)) {
    seen.add(id);
    console.log(id, message.type, message.cursor ?? '');
  }
  response.writeHead(204).end();
}).listen(Number(process.env.PORT ?? 9000), '127.0.0.1');
