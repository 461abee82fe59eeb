// The sheet that slides over a phone: choosing a person, the little menu, adding somebody new.
import { avatar, el, fill } from './dom.js';
import { newKey, postSurely } from './server.js';
import { words } from './words.js';

const SEARCH_FROM = 13;
const SHOWN_AT_MOST = 300;

export class Panel {
  constructor() {
    this.body = el('div', { class: 'sheet', role: 'dialog', 'aria-modal': 'true' });
    this.element = el('div', { class: 'panel', hidden: true }, this.body);
    this.element.addEventListener('click', (event) => event.target === this.element && this.close());
    this.element.addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
  }

  open(kind, opener, ...content) {
    this.opener = opener;
    this.kind = kind;
    fill(this.body, ...content);
    this.body.setAttribute('data-testid', kind);
    this.element.hidden = false;
    // on a phone a focused field would pull up the keyboard
    const wanted = window.matchMedia('(pointer: fine)').matches ? 'input, button' : 'button';
    const first = this.body.querySelector(wanted);
    if (first) first.focus({ preventScroll: true });
  }

  close() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.kind = null;
    if (this.opener) this.opener.focus({ preventScroll: true });
  }

  isOpen(kind) {
    return !this.element.hidden && this.kind === kind;
  }
}

function option(person, current, choose) {
  const note = person.blocked ? `${person.note ? `${person.note} · ` : ''}${words('block')}` : person.note;
  return el('button', {
    class: `option ${person.id === current ? 'current' : ''}`,
    type: 'button',
    testid: 'person-option',
    'data-id': person.id,
    onclick: () => choose(person.id),
  },
  avatar(person.name),
  el('span', { class: 'names' },
    el('span', { class: 'name' }, person.name),
    person.note || person.blocked ? el('span', { class: 'note' }, note) : null),
  person.unread ? el('span', { class: 'badge', title: words('unread', { count: person.unread }) }, String(person.unread))
    : null);
}

// The list of persons of a role, searchable when it is long.
export function openSwitcher(panel, opener, people, current, choose) {
  const list = el('div', { class: 'options' });
  const relist = (wanted) => {
    const needle = wanted.trim().toLowerCase();
    const found = people().filter((person) => `${person.name} ${person.note}`.toLowerCase().includes(needle));
    fill(list, ...found.slice(0, SHOWN_AT_MOST).map((person) => option(person, current(), choose)));
    if (!found.length) list.append(el('p', { class: 'nothing' }, words(people().length ? 'nobody_found' : 'nobody')));
  };
  const search = el('input', {
    class: 'search', type: 'search', testid: 'person-search', placeholder: words('search'), autocomplete: 'off',
    'aria-label': words('search'),
  });
  search.addEventListener('input', () => relist(search.value));
  search.addEventListener('keydown', (event) => {
    const first = list.querySelector('.option');
    if (event.key === 'Enter' && !event.isComposing && first) first.click();
  });
  relist('');
  panel.refill = () => relist(search.value);
  panel.open('people', opener, ...(people().length >= SEARCH_FROM ? [search, list] : [list]));
}

// Block or unblock the bot, add a person.
export function openMenu(panel, opener, person, { block, add }) {
  const items = [];
  if (person) {
    const verb = person.blocked ? 'unblock' : 'block';
    items.push(el('button', { class: `item ${verb}`, type: 'button', testid: verb, onclick: block }, words(verb)));
  }
  items.push(el('button', { class: 'item', type: 'button', testid: 'add-person', onclick: add }, words('add_person')));
  panel.open('menu-sheet', opener, ...items);
}

// Ask for the name of somebody new.
export function openAdd(panel, opener, role, added) {
  const key = newKey();
  const name = el('input', {
    type: 'text', testid: 'new-name', maxlength: '40', required: true, autocomplete: 'off',
    placeholder: words('add_name'), 'aria-label': words('add_name'),
  });
  const problem = el('p', { class: 'problem', hidden: true }, words('add_failed'));
  const button = el('button', { class: 'go', type: 'submit', testid: 'add' }, words('add'));
  const form = el('form', { class: 'add' },
    el('h3', {}, words('add_title', { role: words(`role_${role}`) })),
    el('p', { class: 'note' }, words('add_hint')), name, problem, button);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!name.value.trim()) return;
    button.disabled = true;
    try {
      const { id } = await postSurely('/api/people', { name: name.value, role, key });
      await added(id);
    } catch (error) {
      problem.hidden = false;
    }
    button.disabled = false;
  });
  panel.open('add-sheet', opener, form);
}
