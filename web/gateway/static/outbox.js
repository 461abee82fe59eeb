// What people typed or chose and the server has not taken yet; each person's goes out one after the other. Texts survive a
// reload, files do not.
import { Refused, newKey, postSurely } from './server.js';

const SHELF = 'bangfu.outbox';

export class Outbox {
  constructor(onChange) {
    this.onChange = onChange; // (userId, messages the server made of an entry or null)
    this.running = new Set();
    this.entries = this.restored();
  }

  restored() {
    try {
      return (JSON.parse(localStorage.getItem(SHELF)) || []).filter((entry) => entry.state !== 'refused');
    } catch (error) {
      return [];
    }
  }

  save() {
    try {
      localStorage.setItem(SHELF, JSON.stringify(this.entries.filter((entry) => !entry.file)));
    } catch (error) {
      // a full or forbidden shelf only means that a reload forgets
    }
  }

  of(userId) {
    return this.entries.filter((entry) => entry.userId === userId);
  }

  // `content` is {text} or {file}.
  add(userId, content, date) {
    this.entries.push({ key: newKey(), userId, ...content, date, state: 'sending' });
    this.save();
    this.onChange(userId, null);
    this.run(userId);
  }

  resend(key) {
    const entry = this.entries.find((candidate) => candidate.key === key);
    if (!entry) return;
    entry.state = 'sending';
    this.onChange(entry.userId, null);
    this.run(entry.userId);
  }

  // Start again with whatever is left: after a reload, or when the connection came back.
  resume() {
    for (const entry of this.entries) if (entry.state === 'failed') entry.state = 'sending';
    for (const userId of new Set(this.entries.map((entry) => entry.userId))) this.run(userId);
  }

  drop(key) {
    this.entries = this.entries.filter((entry) => entry.key !== key);
    this.save();
  }

  async run(userId) {
    if (this.running.has(userId)) return;
    this.running.add(userId);
    let entry;
    while ((entry = this.of(userId).find((candidate) => candidate.state === 'sending'))) await this.send(entry);
    this.running.delete(userId);
  }

  post({ userId, text, file, key }) {
    const path = `/api/people/${userId}`;
    if (!file) return postSurely(`${path}/say`, { text, key });
    return postSurely(`${path}/file?${new URLSearchParams({ name: file.name, type: file.type, key })}`, file);
  }

  async send(entry) {
    try {
      const { messages } = await this.post(entry);
      this.drop(entry.key);
      this.onChange(entry.userId, messages);
    } catch (error) {
      entry.state = error instanceof Refused && error.status === 403 ? 'refused' : 'failed';
      this.save();
      this.onChange(entry.userId, null);
    }
  }
}
