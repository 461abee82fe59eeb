// The scrolling list of one chat: messages in order, days between them, what is not delivered yet, typing.
import { el, fill } from './dom.js';
import { get } from './server.js';
import { day } from './time.js';
import { messageElement } from './message.js';
import { words } from './words.js';

const NEAR_BOTTOM = 80;
const TYPING_MS = 5000;

export class Chat {
  // `actions` as in message.js; `onPosition(atBottom)` when the reader scrolls.
  constructor(actions, onPosition) {
    this.actions = { ...actions, jump: (id) => this.jump(id) };
    this.messages = new Map();
    this.userId = null;
    this.earlier = el('button', { class: 'earlier', type: 'button', hidden: true, onclick: () => this.loadEarlier() },
      words('earlier'));
    this.list = el('div', { class: 'list' });
    this.pending = el('div', { class: 'list' });
    this.typing = el('div', { class: 'typing', testid: 'typing', hidden: true },
      el('span', { class: 'dots' }, el('i'), el('i'), el('i')), words('typing'));
    this.element = el('div', { class: 'chat', testid: 'chat', tabindex: '0', role: 'log' },
      this.earlier, this.list, this.pending, this.typing);
    this.element.addEventListener('scroll', () => onPosition(this.atBottom()), { passive: true });
    // pictures, a keyboard that opens, a window that shrinks: who was at the end stays at the end
    this.stuck = true;
    this.element.addEventListener('scroll', () => { this.stuck = this.atBottom(); }, { passive: true });
    if (window.ResizeObserver) {
      const observer = new ResizeObserver(() => this.stuck && this.toBottom());
      observer.observe(this.element);
      observer.observe(this.list);
    }
  }

  atBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
  }

  toBottom() {
    this.element.scrollTop = this.element.scrollHeight;
    this.stuck = true;
  }

  clear() {
    this.userId = null;
    this.messages.clear();
    fill(this.list);
    fill(this.pending);
    this.earlier.hidden = true;
    this.hideTyping();
  }

  // Fetch a person's latest messages; keeps the place if it is the same person as before.
  async load(userId) {
    this.wanted = userId;
    this.early = []; // what comes while we ask
    const { messages, more } = await get(`/api/people/${userId}/messages`);
    if (this.wanted !== userId) return;
    const { early } = this;
    this.early = null;
    const same = this.userId === userId;
    const stay = same && !this.atBottom();
    const known = same ? this.messages : new Map();
    this.userId = userId;
    // messages deleted meanwhile go, earlier ones that were loaded stay
    const first = messages.length ? messages[0].message_id : 0;
    this.messages = new Map(Array.from(known).filter(([id]) => id < first));
    for (const message of messages) this.messages.set(message.message_id, message);
    if (!stay || !known.size) this.earlier.hidden = !more;
    this.rebuild();
    for (const message of early) this.put(message);
    if (!stay) this.toBottom();
  }

  async loadEarlier() {
    const { userId } = this;
    const first = Math.min(...this.messages.keys());
    const { messages, more } = await get(`/api/people/${userId}/messages?before=${first}`);
    if (this.userId !== userId) return;
    const fromEnd = this.element.scrollHeight - this.element.scrollTop;
    for (const message of messages) this.messages.set(message.message_id, message);
    this.earlier.hidden = !more;
    this.rebuild();
    this.element.scrollTop = this.element.scrollHeight - fromEnd;
  }

  rebuild() {
    fill(this.list);
    const ids = Array.from(this.messages.keys()).sort((a, b) => a - b);
    let before = null;
    for (const id of ids) {
      this.append(this.messages.get(id), before);
      before = this.messages.get(id);
    }
  }

  append(message, before) {
    if (!before || day(before.date, true) !== day(message.date, true)) {
      const newYear = !before || day(message.date, true).slice(0, 4) !== day(before.date, true).slice(0, 4);
      this.list.append(el('div', { class: 'day' }, el('span', {}, day(message.date, newYear))));
    }
    this.list.append(messageElement(message, this.actions));
  }

  find(id) {
    return this.list.querySelector(`[data-id="${id}"]`);
  }

  // Show a message that came or changed. Returns whether it is news below the reader's eyes.
  put(message) {
    if (this.early) {
      this.early.push(message);
      return false;
    }
    const known = this.messages.get(message.message_id);
    if (known && known.edits >= message.edits) return false;
    const wasAtBottom = this.atBottom();
    const last = Math.max(0, ...this.messages.keys());
    this.messages.set(message.message_id, message);
    if (known) {
      const fresh = messageElement(message, this.actions);
      fresh.classList.add('flash');
      this.find(message.message_id).replaceWith(fresh);
    } else if (message.message_id > last) {
      this.append(message, this.messages.get(last));
      this.list.lastElementChild.classList.add('arrives');
    } else {
      this.rebuild();
    }
    if (!message.mine) this.hideTyping();
    if (wasAtBottom || message.mine) this.toBottom();
    return !wasAtBottom && !message.mine && !known;
  }

  remove(id) {
    if (this.messages.delete(id)) this.rebuild();
  }

  // What the server has not taken yet.
  showPending(entries) {
    const wasAtBottom = this.atBottom();
    const asMessage = (entry) => ({
      message_id: entry.key, mine: true, date: entry.date, edits: 0, text: entry.text, entities: [], buttons: [],
      file: entry.file && { name: entry.file.name, size: entry.file.size }, state: entry.state, key: entry.key,
    });
    fill(this.pending, ...entries.map((entry) => messageElement(asMessage(entry), this.actions)));
    if (wasAtBottom || entries.length) this.toBottom();
  }

  showTyping() {
    const wasAtBottom = this.atBottom();
    clearTimeout(this.typingTimer);
    this.typing.hidden = false;
    this.typingTimer = setTimeout(() => this.hideTyping(), TYPING_MS);
    if (wasAtBottom) this.toBottom();
  }

  hideTyping() {
    clearTimeout(this.typingTimer);
    this.typing.hidden = true;
  }

  jump(id) {
    const found = this.find(id);
    if (!found) return;
    found.scrollIntoView({ block: 'center' });
    found.classList.remove('flash');
    requestAnimationFrame(() => found.classList.add('flash'));
  }
}
