'use strict';

const DEMO_TENANT = 'demo';
const byId = id => document.getElementById(id);

function drawWheel() {
  const colours = ['#e8663c', '#f6c453', '#3a7ca5', '#f6c453', '#e8663c', '#3a7ca5', '#f6c453', '#3a7ca5'];
  const at = angle => `${(48 * Math.cos(angle)).toFixed(2)} ${(48 * Math.sin(angle)).toFixed(2)}`;
  const step = 2 * Math.PI / colours.length;
  byId('slices').innerHTML = colours
    .map((colour, i) => `<path fill="${colour}" d="M0 0L${at(i * step)}A48 48 0 0 1 ${at((i + 1) * step)}z"/>`)
    .join('');
}

/** The data of an answer; null where it says no. */
async function ask(path, headers = {}) {
  const answer = await fetch(path, { headers });
  return answer.ok ? (await answer.json()).data : null;
}

function linkTo(id, port, path) {
  const target = new URL(path, location.href);
  target.port = port;
  byId(id).href = target.href;
}

async function showStatus() {
  const ready = await ask('readyz').catch(() => null);
  byId('status').textContent = ready ? 'Everything is ready.' : 'Not ready yet. See “Ready?” below for what is missing.';
  byId('status').className = `status ${ready ? 'ready' : 'failing'}`;
}

/** The newest active game of the demo tenant. */
async function demoGame() {
  const games = await ask('api/v1/admin/games?limit=100', { 'X-Tenant-Id': DEMO_TENANT, 'X-Roles': 'admin' });
  return games?.items.find(game => game.status === 'active')?.game_id ?? null;
}

function curl(who, game) {
  const route = `${location.origin}/api/v1/games/${game}`;
  const json = `-H 'Content-Type: application/json'`;
  return `SESSION=$(curl -s ${route}/start \\
    ${who} ${json} \\
    -d '{}' | sed 's/.*"session_id":"\\([^"]*\\)".*/\\1/')
curl -s ${route}/play \\
    ${who} ${json} \\
    -d "{\\"session_id\\": \\"$SESSION\\", \\"payload\\": {}}"
curl -s ${location.origin}/api/v1/wallet \\
    ${who}`;
}

async function showPlay(devMode) {
  if (!devMode) {
    byId('curl').textContent = curl(`-H "Authorization: Bearer $TOKEN"`, '$GAME');
    return;
  }
  const game = await demoGame().catch(() => null);
  if (!game) {
    byId('play-hint').textContent = 'Three calls: one opens a session, one plays it, one looks into the wallet. There is no demo game yet; $GAME is yours to create under “API”.';
  }
  byId('curl').textContent = curl(`-H 'X-Tenant-Id: ${DEMO_TENANT}' -H 'X-Player-Id: ada'`, game ?? '$GAME');
}

byId('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(byId('curl').textContent);
  byId('copy').textContent = 'Copied';
});

drawWheel();
showStatus();
ask('about').then(about => {
  linkTo('topics', about.streams_port, '/dev/topics');
  linkTo('webhooks', about.worker_port, '/dev/webhooks');
  document.querySelectorAll('.dev').forEach(link => { link.hidden = !about.dev_mode; });
  return showPlay(about.dev_mode);
});
