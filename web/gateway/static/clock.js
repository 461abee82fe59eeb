// The demo's business clock: shows the date, moves it forward, shows that it is moving.
import { el } from './dom.js';
import { Refused, get, post } from './server.js';
import { day, hour } from './time.js';
import { words } from './words.js';

const STEPS = [1, 7, 30];
const DAY = 86400;

export class Clock {
  constructor(top) {
    this.date = top.querySelector('.date');
    this.progress = top.querySelector('.progress');
    this.bar = top.querySelector('.bar');
    this.group = top.querySelector('.forward');
    this.fold = top.querySelector('.fold');
    this.offset = 0; // business time minus this computer's time, in seconds
    this.goal = null;
    this.group.append(el('span', { class: 'label' }, words('forward')), ...STEPS.map((days) => this.button(days)));
    this.fold.addEventListener('click', () => this.toggle(!this.group.classList.contains('open')));
    document.addEventListener('click', (event) => {
      if (!this.group.contains(event.target) && !this.fold.contains(event.target)) this.toggle(false);
    });
    setInterval(() => this.draw(), 5000);
  }

  button(days) {
    return el('button', {
      type: 'button', testid: `forward-${days}`, 'aria-label': words('forward_label', { days }),
      onclick: () => this.forward(days),
    }, words('forward_days', { days }));
  }

  toggle(open) {
    this.group.classList.toggle('open', open);
    this.fold.setAttribute('aria-expanded', String(open));
  }

  // Business time in seconds.
  now() {
    return Math.floor(Date.now() / 1000 + this.offset);
  }

  async load() {
    this.set(await get('/api/clock'));
  }

  set({ now, movable, busy }) {
    this.offset = now - Date.now() / 1000;
    this.group.hidden = !movable;
    this.fold.hidden = !movable;
    this.busy = busy;
    if (busy) this.follow();
    else this.goal = null;
    this.draw();
  }

  draw() {
    const now = this.now();
    this.date.textContent = `${day(now, true)} ${hour(now)}`;
    this.date.dataset.now = now;
    this.progress.hidden = !this.busy;
    this.progress.classList.toggle('unknown', !this.goal);
    this.progress.setAttribute('aria-label', words('forward_running'));
    document.body.classList.toggle('forwarding', Boolean(this.busy));
    for (const button of this.group.querySelectorAll('button')) button.disabled = Boolean(this.busy);
    if (this.goal) {
      const done = Math.min(1, Math.max(0.04, (now - this.goal.from) / (this.goal.to - this.goal.from)));
      this.bar.style.width = `${Math.round(done * 100)}%`;
    } else {
      this.bar.style.width = '';
    }
  }

  // While it moves, ask where it is.
  follow() {
    if (this.timer) return;
    this.timer = setTimeout(async () => {
      this.timer = null;
      await this.load().catch(() => this.busy && this.follow());
    }, 400);
  }

  async forward(days) {
    const from = this.now();
    this.goal = { from, to: from + days * DAY };
    this.busy = true;
    this.toggle(false);
    this.draw();
    this.follow();
    try {
      this.set(await post('/api/clock', { days }));
    } catch (error) {
      if (!(error instanceof Refused)) await this.load().catch(() => {});
      else this.set({ ...(await get('/api/clock')) });
      if (!this.busy) this.date.textContent = words('forward_failed');
    }
  }
}
