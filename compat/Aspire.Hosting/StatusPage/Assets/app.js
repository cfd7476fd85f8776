'use strict';
// Everything that comes from outside goes in by textContent: nothing here writes HTML.
const mostLines = 2000;
const part = id => document.getElementById(id);
const make = (name, className, text) => Object.assign(document.createElement(name), { className: className ?? '', textContent: text ?? '' });
const fill = (parent, children) => parent.replaceChildren(...children);
let resources = [];
let connected = true;
let log = null;

const moodOf = resource => {
  if (resource.state === 'FailedToStart' || resource.health === 'Unhealthy' || (resource.state === 'Exited' && resource.exitCode)) return 'bad';
  if (resource.state === 'Running') return resource.health === 'Healthy' ? 'good' : 'wait';
  if (resource.state === 'Finished') return 'good';
  return ['Waiting', 'Starting', 'Stopping'].includes(resource.state) ? 'wait' : 'off';
};
const words = { FailedToStart: 'Failed to start', NotStarted: 'Not started' };
const stateOf = resource => resource.state === 'Running' && resource.health !== 'Healthy'
  ? `Running, ${resource.health?.toLowerCase() ?? 'not checked yet'}`
  : words[resource.state] ?? resource.state;
const titleOf = resource => resources.filter(other => other.name === resource.name).length > 1 ? resource.id : resource.name;
const chosen = () => resources.find(resource => `#${resource.id}` === decodeURIComponent(location.hash));

function showList() {
  const focused = document.activeElement?.hash;
  fill(part('resources'), resources.map(resource => {
    const link = make('a', moodOf(resource));
    link.href = `#${encodeURIComponent(resource.id)}`;
    if (resource === chosen()) link.setAttribute('aria-current', 'true');
    const kind = [resource.type, ...resource.urls.filter(url => !url.internal).map(url => url.url)].join(' · ');
    link.append(make('span', 'dot'), make('span', 'what', titleOf(resource)), make('span', 'state', stateOf(resource)), make('span', 'kind', kind));
    const item = make('li');
    item.append(link);
    return item;
  }));
  if (focused) [...part('resources').querySelectorAll('a')].find(link => link.hash === focused)?.focus({ preventScroll: true });
  const good = resources.filter(resource => moodOf(resource) === 'good').length;
  const bad = resources.filter(resource => moodOf(resource) === 'bad').length;
  part('summary').textContent = connected
    ? `${good} of ${resources.length} well${bad ? `, ${bad} not` : ''}`
    : 'The AppHost does not answer: it was stopped, or starts anew with another login address.';
}

function fact(name, ...values) {
  const value = make('dd');
  value.append(...values);
  return [make('dt', '', name), value];
}

function urlOf(url) {
  const isHttp = /^https?:/.test(url.url) && url.name !== 'grpc';
  const shown = Object.assign(make(isHttp ? 'a' : 'span', '', url.url), isHttp ? { href: url.url, target: '_blank', rel: 'noreferrer' } : {});
  const line = make('div');
  line.append(shown, ` ${url.name}${url.internal ? ', this instance' : ''}`);
  return line;
}

function showResource() {
  const resource = chosen();
  part('resource').hidden = !resource;
  document.querySelector('main').classList.toggle('opened', Boolean(resource));
  if (!resource) return;
  part('name').textContent = titleOf(resource);
  part('badge').textContent = stateOf(resource);
  part('badge').className = `badge ${moodOf(resource)}`;
  part('detail').textContent = resource.detail ?? '';
  fill(part('facts'), [
    ...fact('Type', resource.type),
    ...(resource.urls.length ? fact('Endpoints', ...resource.urls.map(urlOf)) : []),
    ...(resource.runs ? fact('Runs as', resource.runs) : []),
    ...(resource.started ? fact('Started', new Date(resource.started).toLocaleString()) : []),
    ...(resource.exitCode !== null ? fact('Exit code', String(resource.exitCode)) : []),
    ...(resource.restarts ? fact('Started again', `${resource.restarts} ×`) : []),
  ]);
  part('checks-part').hidden = !resource.checks.length;
  fill(part('checks'), resource.checks.map(check => {
    const item = make('li', check.status === 'Healthy' ? 'good' : check.status ? 'bad' : 'wait');
    item.append(make('span', 'dot'), make('span', '', `${check.name}: ${check.status?.toLowerCase() ?? 'not checked yet'}`));
    if (check.text) item.append(make('p', '', check.text));
    return item;
  }));
  part('environment-part').hidden = !resource.environment.length;
  fill(part('environment').tBodies[0], resource.environment.map(variable => {
    const row = make('tr');
    row.append(make('th', '', variable.name), make('td', '', variable.value));
    return row;
  }));
  part('log-part').hidden = ['Parameter', 'ConnectionString'].includes(resource.type);
  showLog(resource.id);
}

function showLog(id) {
  if (log?.id === id) return;
  log?.source.close();
  fill(part('log'), []);
  log = { id, source: new EventSource(`/api/logs/${encodeURIComponent(id)}`), last: 0 };
  const mine = log;
  log.source.onmessage = message => {
    const list = part('log');
    for (const line of JSON.parse(message.data)) {
      if (line.number <= mine.last) continue;
      mine.last = line.number;
      // Colours are for terminals.
      list.append(make('li', line.error ? 'error' : '', line.text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')));
    }
    while (list.childElementCount > mostLines) list.firstElementChild.remove();
    if (part('follow').checked) list.scrollTop = list.scrollHeight;
  };
}

function show() {
  showList();
  showResource();
}

const wide = matchMedia('(min-width: 761px)');
const events = new EventSource('/api/events');
events.onmessage = message => {
  connected = true;
  resources = JSON.parse(message.data);
  if (wide.matches && !location.hash && resources.length) history.replaceState(null, '', `#${encodeURIComponent((resources.find(resource => resource.type === 'Project') ?? resources[0]).id)}`);
  show();
};
events.onerror = () => {
  connected = false;
  showList();
};
addEventListener('hashchange', () => {
  show();
  scrollTo(0, 0);
});
