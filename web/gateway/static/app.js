// Where everything meets: three phones, the people in them, the events of the server.
import { Clock } from './clock.js';
import { el, fill } from './dom.js';
import { Outbox } from './outbox.js';
import { People } from './people.js';
import { Phone } from './phone.js';
import { listen } from './server.js';
import { words } from './words.js';

const ROLES = ['school', 'teacher', 'coordinator'];

for (const element of document.querySelectorAll('[data-word]')) element.textContent = words(element.dataset.word);
document.title = words('title');

const people = new People();
const clock = new Clock(document.querySelector('.top'));
const phones = {};
const phoneOf = (userId) => phones[(people.get(userId) || {}).role];
const holding = (userId) => {
  const phone = phoneOf(userId);
  return phone && phone.current === userId ? phone : null;
};
const outbox = new Outbox((userId, messages) => {
  const phone = holding(userId);
  if (phone) phone.delivered(messages);
});

for (const role of ROLES) {
  phones[role] = new Phone(role, people, outbox, clock);
  document.querySelector('.phones').append(phones[role].element);
}

// one phone at a time on a small screen

const tabs = {};
for (const role of ROLES) {
  tabs[role] = el('button', { type: 'button', role: 'tab', testid: `tab-${role}`, 'data-role': role,
    onclick: () => select(role) });
  document.querySelector('.tabs').append(tabs[role]);
}

function select(role) {
  document.body.dataset.tab = role;
  for (const other of ROLES) tabs[other].setAttribute('aria-selected', String(other === role));
  phones[role].chat.toBottom();
  phones[role].markRead();
}

function countTabs() {
  for (const role of ROLES) {
    const unread = people.unread(role);
    fill(tabs[role], words(`role_${role}`), ...(unread ? [el('span', { class: 'badge' }, String(unread))] : []));
  }
}

people.watch(countTabs);
select('school');
countTabs();

// events

async function reload() {
  await Promise.all([people.load(), clock.load()]);
  await Promise.all(ROLES.map((role) => phones[role].begin()));
  outbox.resume();
}

function arrived({ user_id: id, message, unread, key }) {
  people.note(id, message.mine ? { unread: 0, date: message.date } : { unread, date: message.date });
  const phone = holding(id);
  if (phone) phone.message(message, key);
  else if (phoneOf(id) && !message.mine) phoneOf(id).newsFrom(id);
}

const offline = document.querySelector('.offline');
let reloading = null;
let census;

function refetch() {
  if (!reloading) {
    reloading = reload()
      .then(() => { offline.hidden = true; document.body.dataset.ready = 'yes'; })
      .catch(() => setTimeout(refetch, 2000))
      .finally(() => { reloading = null; });
  }
}

listen({
  hello: refetch,
  lost: () => { offline.hidden = false; },
  message: arrived,
  edit: ({ user_id: id, message }) => holding(id) && holding(id).message(message),
  gone: ({ user_id: id, message_id: message }) => holding(id) && holding(id).chat.remove(message),
  toast: (toast) => holding(toast.user_id) && holding(toast.user_id).answer(toast),
  typing: ({ user_id: id }) => holding(id) && holding(id).chat.showTyping(),
  unread: ({ user_id: id, unread }) => people.note(id, { unread }),
  person: () => {
    clearTimeout(census);
    census = setTimeout(() => people.load().catch(() => {}), 200);
  },
  clock: (state) => clock.set(state),
});

document.addEventListener('visibilitychange', () => ROLES.forEach((role) => phones[role].markRead()));
