// Who has a phone, and how much each has not read. Shared by the three phones.
import { get } from './server.js';

export class People {
  constructor() {
    this.byId = new Map();
    this.watchers = [];
  }

  watch(callback) {
    this.watchers.push(callback);
  }

  // Tell the watchers soon, and once for a whole wave of changes.
  changed() {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      for (const callback of this.watchers) callback();
    }, 20);
  }

  async load() {
    const { people } = await get('/api/people');
    this.byId = new Map(people.map((person) => [person.id, person]));
    this.changed();
  }

  get(id) {
    return this.byId.get(id);
  }

  // Note what changed about a person, if we know them.
  note(id, values) {
    const person = this.byId.get(id);
    if (!person) return;
    Object.assign(person, values);
    this.changed();
  }

  // Persons of a role: unread first, then the latest to speak, then as they came.
  of(role) {
    return Array.from(this.byId.values())
      .filter((person) => person.role === role)
      .sort((a, b) => (b.unread > 0) - (a.unread > 0) || b.date - a.date || a.id - b.id);
  }

  unread(role) {
    return this.of(role).reduce((sum, person) => sum + person.unread, 0);
  }
}
