// One phone: who holds it, their chat, the composer, toasts. Knows one role; people and outbox are shared.
import { Chat } from './chat.js';
import { avatar, el, fill, icon } from './dom.js';
import { Panel, openAdd, openMenu, openSwitcher } from './panel.js';
import { newKey, postSurely } from './server.js';
import { words } from './words.js';

const TOAST_MS = 4000;
const PRESS_MS = 20000;
const MAX_HEIGHT = 140;
const MAX_FILE_MB = 10;

export class Phone {
  constructor(role, people, outbox, clock) {
    Object.assign(this, { role, people, outbox, clock });
    this.current = null;
    this.news = []; // persons with a new message, the latest first
    this.presses = new Map(); // query id → button that waits
    this.answered = new Set(); // answers that overtook the press's own reply
    this.missed = 0;
    this.panel = new Panel();
    this.chat = new Chat({
      command: (text) => this.say(text),
      tap: (button, data) => this.tap(button, data),
      copy: (text) => this.copy(text),
      resend: (key) => outbox.resend(key),
    }, (atBottom) => this.position(atBottom));
    this.element = this.build();
    people.watch(() => this.refresh());
  }

  build() {
    this.who = el('button', { class: 'who', type: 'button', testid: 'person-switcher', onclick: () => this.choose() });
    this.menu = el('button', {
      class: 'round', type: 'button', testid: 'menu', 'aria-label': words('menu'), onclick: () => this.openMenu(),
    }, icon('more'));
    this.chip = el('button', { class: 'chip', type: 'button', testid: 'chip', hidden: true,
      onclick: () => this.show(this.news[0]) });
    this.latest = el('button', { class: 'latest', type: 'button', hidden: true, 'aria-label': words('latest'),
      onclick: () => this.chat.toBottom() });
    this.toasts = el('div', { class: 'toasts', role: 'status' });
    this.intro = this.buildIntro();
    this.foot = el('div', { class: 'foot' });
    this.composer = this.buildComposer();
    return el('section', { class: 'column', 'data-role': this.role, testid: `phone-${this.role}` },
      el('div', { class: 'caption' }, el('h2', {}, words(`role_${this.role}`)), el('p', {}, words(`hint_${this.role}`))),
      el('div', { class: 'phone' },
        el('header', { class: 'head' }, this.who, this.menu),
        el('div', { class: 'screen' }, this.chat.element, this.intro, this.chip, this.latest, this.toasts,
          this.panel.element),
        this.foot));
  }

  buildIntro() {
    const start = el('button', { class: 'go', type: 'button', testid: 'start', onclick: () => this.say('/start') },
      words('start'));
    return el('div', { class: 'intro', hidden: true }, el('img', { src: '/static/icon.svg', alt: '', width: 72,
      height: 72 }), el('p', {}, words('empty')), el('p', { class: 'note' }, words('start_hint')), start);
  }

  buildComposer() {
    this.input = el('textarea', {
      testid: 'composer', rows: '1', placeholder: words('compose'), 'aria-label': words('compose'), maxlength: '8000',
      enterkeyhint: 'send', autocomplete: 'off',
    });
    this.input.addEventListener('input', () => this.grow());
    this.input.addEventListener('keydown', (event) => {
      const composing = event.isComposing || event.keyCode === 229; // Enter that ends a pinyin word is not ours
      if (event.key !== 'Enter' || event.shiftKey || composing) return;
      event.preventDefault();
      this.submit();
    });
    this.chooser = el('input', { type: 'file', testid: 'file-input', hidden: true, tabindex: '-1',
      onchange: () => this.attach() });
    const clip = el('button', { class: 'round', type: 'button', testid: 'attach', 'aria-label': words('attach'),
      title: words('attach'), onclick: () => this.chooser.click() }, icon('clip'));
    const form = el('form', { class: 'composer' }, clip, this.chooser, this.input,
      el('button', { class: 'send', type: 'submit', testid: 'send', 'aria-label': words('send') }, icon('send')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    return form;
  }

  grow() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, MAX_HEIGHT)}px`;
  }

  person() {
    return this.people.get(this.current);
  }

  isVisible() {
    return this.element.offsetParent !== null && document.visibilityState === 'visible';
  }

  // Somebody to begin with: who held the phone last, or who has news, or who comes first.
  async begin() {
    const candidates = this.people.of(this.role);
    const last = Number(localStorage.getItem(`bangfu.person.${this.role}`));
    const known = candidates.some((person) => person.id === (this.current || last));
    if (known) await this.show(this.current || last);
    else if (candidates.length) await this.show(candidates[0].id);
    else this.refresh();
  }

  async show(id) {
    this.panel.close();
    if (this.current !== id) {
      this.chat.clear();
      this.presses.clear();
      this.input.value = '';
      this.grow();
    }
    this.current = id;
    this.element.dataset.person = id;
    localStorage.setItem(`bangfu.person.${this.role}`, id);
    this.news = this.news.filter((other) => other !== id);
    this.refresh();
    try {
      await this.chat.load(id);
    } catch (error) {
      setTimeout(() => this.current === id && this.show(id), 2000);
      return;
    }
    if (this.current !== id) return;
    this.chat.showPending(this.outbox.of(id));
    this.refresh();
    this.markRead();
  }

  // Bring everything but the chat itself up to date with what is known about people.
  refresh() {
    const person = this.person();
    const others = this.people.unread(this.role) - (person ? person.unread : 0);
    const name = person ? person.name : words('nobody');
    fill(this.who, avatar(name), el('span', { class: 'names' }, el('span', { class: 'name' }, name),
      person && person.note ? el('span', { class: 'note' }, person.note) : null), icon('down'));
    if (others) this.who.append(el('span', { class: 'badge' }, String(others)));
    this.who.setAttribute('aria-label', words('switch_person', { name }));
    this.refreshFoot(person);
    this.refreshChip();
    if (this.panel.isOpen('people')) this.panel.refill();
  }

  refreshFoot(person) {
    const wanted = !person ? [] : [person.blocked ? this.blockedBar() : this.composer];
    if (this.foot.firstChild !== wanted[0] || !wanted.length) fill(this.foot, ...wanted);
    const isEmpty = person && this.chat.userId === person.id && !this.chat.messages.size;
    this.intro.hidden = !(isEmpty && !this.outbox.of(person.id).length && !person.blocked);
  }

  blockedBar() {
    if (!this.bar) {
      this.bar = el('div', { class: 'blocked' }, el('span', {}, words('blocked')),
        el('button', { class: 'go', type: 'button', testid: 'unblock-bar', onclick: () => this.block() },
          words('unblock')));
    }
    return this.bar;
  }

  refreshChip() {
    this.news = this.news.filter((id) => (this.people.get(id) || {}).unread);
    this.chip.hidden = !this.news.length;
    if (!this.news.length) return;
    const values = { name: this.people.get(this.news[0]).name, count: this.news.length };
    this.chip.textContent = words(values.count > 1 ? 'chip_more' : 'chip', values);
  }

  choose() {
    openSwitcher(this.panel, this.who, () => this.people.of(this.role), () => this.current, (id) => this.show(id));
  }

  openMenu() {
    openMenu(this.panel, this.menu, this.person(), {
      block: () => this.block(),
      add: () => openAdd(this.panel, this.menu, this.role, async (id) => {
        await this.people.load();
        await this.show(id);
      }),
    });
  }

  async block() {
    const person = this.person();
    const blocked = !person.blocked;
    this.panel.close();
    await postSurely(`/api/people/${person.id}/block`, { blocked });
    this.people.note(person.id, { blocked });
  }

  submit() {
    const text = this.input.value.trim();
    if (!text || !this.current) return;
    this.input.value = '';
    this.grow();
    this.say(text);
  }

  say(text) {
    this.send({ text });
  }

  attach() {
    const [file] = this.chooser.files;
    if (file && file.size > MAX_FILE_MB * 1024 * 1024) this.toast(words('too_large', { size: MAX_FILE_MB }));
    else if (file && !file.size) this.toast(words('no_content'));
    else if (file) this.send({ file });
    this.chooser.value = '';
  }

  send(content) {
    const person = this.person();
    if (person && !person.blocked) this.outbox.add(person.id, content, this.clock.now());
  }

  async tap(button, data) {
    if (button.classList.contains('busy')) return;
    const id = Number(button.closest('.message').dataset.id);
    button.classList.add('busy');
    const release = () => button.classList.remove('busy');
    setTimeout(release, PRESS_MS);
    try {
      const press = { message_id: id, data, key: newKey() };
      const { query_id: query } = await postSurely(`/api/people/${this.current}/tap`, press);
      if (this.answered.delete(query)) release();
      else this.presses.set(query, release);
    } catch (error) {
      release();
      this.toast(words('tap_failed'));
    }
  }

  copy(text) {
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => this.toast(words('copied')));
  }

  // events of the current person

  message(message, key) {
    if (key) this.outbox.drop(key);
    if (this.chat.put(message)) this.missed += 1;
    if (key) this.chat.showPending(this.outbox.of(this.current));
    this.position(this.chat.atBottom());
    this.refreshFoot(this.person());
    if (!message.mine) this.markRead();
  }

  newsFrom(id) {
    this.news = [id, ...this.news.filter((other) => other !== id)];
    this.refreshChip();
  }

  delivered(messages) {
    if (messages) for (const message of messages) this.chat.put(message);
    this.chat.showPending(this.outbox.of(this.current));
    this.refreshFoot(this.person());
  }

  answer({ query_id: query, text, alert }) {
    const release = this.presses.get(query);
    this.presses.delete(query);
    if (release) release();
    else this.answered.add(query);
    if (text && alert) this.alert(text);
    else if (text) this.toast(text);
  }

  toast(text) {
    const toast = el('div', { class: 'toast', testid: 'toast' }, text);
    fill(this.toasts, toast);
    setTimeout(() => toast.remove(), TOAST_MS);
  }

  alert(text) {
    const ok = el('button', { class: 'go', type: 'button', testid: 'alert-ok', onclick: () => this.panel.close() },
      words('ok'));
    this.panel.open('alert', this.input, el('p', { class: 'alert-text' }, text), ok);
  }

  position(atBottom) {
    if (atBottom) this.missed = 0;
    this.latest.hidden = atBottom;
    fill(this.latest, icon('down'));
    if (this.missed) this.latest.append(el('span', { class: 'badge' }, String(this.missed)));
  }

  markRead() {
    const person = this.person();
    if (!person || !person.unread || !this.isVisible()) return;
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => {
      this.people.note(person.id, { unread: 0 });
      postSurely(`/api/people/${person.id}/read`, {}).catch(() => {});
    }, 300);
  }
}
