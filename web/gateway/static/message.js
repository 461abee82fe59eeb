// One message as an element: text with its formatting, documents, photos, buttons under the bubble, time and state.
import { el, icon } from './dom.js';
import { hour } from './time.js';
import { words } from './words.js';

const TAGS = {
  bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'blockquote',
  expandable_blockquote: 'blockquote', spoiler: 'span', text_link: 'a', bot_command: 'button',
};

function isOpenable(url) {
  return /^(https?:|mailto:|tel:)/i.test(url || '');
}

// Text with entities as nodes; offsets are UTF-16 units, which is how JavaScript counts.
export function formatted(text, entities, onCommand) {
  const nodes = [];
  const sorted = entities
    .filter((entity) => TAGS[entity.type] && entity.offset + entity.length <= text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  let at = 0;
  while (sorted.length) {
    const outer = sorted.shift();
    if (outer.offset < at) continue;
    const end = outer.offset + outer.length;
    const inner = [];
    while (sorted.length && sorted[0].offset < end) {
      const entity = sorted.shift();
      if (entity.offset + entity.length <= end) inner.push({ ...entity, offset: entity.offset - outer.offset });
    }
    nodes.push(text.slice(at, outer.offset));
    nodes.push(element(outer, text.slice(outer.offset, end), inner, onCommand));
    at = end;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== '');
}

function element(entity, text, inner, onCommand) {
  const children = formatted(text, inner, onCommand);
  if (entity.type === 'text_link') {
    if (!isOpenable(entity.url)) return el('span', {}, ...children);
    return el('a', { href: entity.url, target: '_blank', rel: 'noopener noreferrer' }, ...children);
  }
  if (entity.type === 'bot_command') {
    return el('button', { class: 'command', type: 'button', onclick: () => onCommand(text) }, ...children);
  }
  if (entity.type === 'spoiler') {
    const reveal = (event) => event.currentTarget.classList.add('seen');
    return el('span', { class: 'spoiler', tabindex: '0', onclick: reveal }, ...children);
  }
  return el(TAGS[entity.type], {}, ...children);
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function fileRow(file) {
  return el(
    'a', { class: 'file', testid: 'file', href: file.url, download: file.name },
    el('span', { class: 'file-icon' }, icon('file')),
    el('span', { class: 'file-text' },
      el('span', { class: 'file-name' }, file.kind === 'voice' ? words('voice') : file.name),
      el('span', { class: 'file-size' }, words('download', { size: size(file.size) }))),
  );
}

function picture(photo) {
  const image = { src: photo.url, width: photo.width, height: photo.height, alt: words('photo') };
  return el('a', { class: 'photo', href: photo.url, target: '_blank', rel: 'noopener' }, el('img', image));
}

function buttonOf(button, actions) {
  const common = { class: `button ${button.style || ''}`, testid: 'button' };
  if (button.url) {
    const target = isOpenable(button.url) ? button.url : undefined;
    const link = { ...common, href: target, target: '_blank', rel: 'noopener noreferrer' };
    return el('a', link, el('span', {}, button.text), icon('link'));
  }
  const press = (event) => (button.copy ? actions.copy(button.copy) : actions.tap(event.currentTarget, button.data));
  return el('button', { ...common, type: 'button', 'data-data': button.data, onclick: press },
    el('span', {}, button.text));
}

function keyboard(rows, actions) {
  if (!rows.length) return null;
  const line = (row) => el('div', { class: 'row' }, ...row.map((button) => buttonOf(button, actions)));
  return el('div', { class: 'keyboard' }, ...rows.map(line));
}

// `actions`: command(text), tap(element, data), copy(text), resend(key), jump(message_id).
export function messageElement(message, actions) {
  const state = message.state;
  const stamp = el('span', { class: 'stamp' },
    message.edits ? el('span', {}, words('edited')) : null,
    el('time', {}, hour(message.date)),
    message.mine && !state ? el('span', { class: 'tick', title: words('sent') }, '✓') : null);
  const reply = message.reply
    ? el('button', { class: 'quote', type: 'button', onclick: () => actions.jump(message.reply.message_id) },
      message.reply.text)
    : null;
  const bubble = el('div', { class: 'bubble' },
    reply,
    message.photo ? picture(message.photo) : null,
    message.file ? fileRow(message.file) : null,
    message.text ? el('div', { class: 'text' }, ...formatted(message.text, message.entities, actions.command)) : null,
    stamp);
  const wrapped = el('article', {
    class: `message ${message.mine ? 'mine' : 'theirs'} ${state || ''}`,
    testid: 'message',
    'data-id': message.message_id,
    'data-from': message.mine ? 'me' : 'bot',
    'data-edits': message.edits,
  }, el('div', { class: 'body' }, bubble, keyboard(message.buttons, actions)));
  if (state) wrapped.append(stateLine(message, actions));
  return wrapped;
}

function stateLine(message, actions) {
  if (message.state === 'sending') return el('span', { class: 'state' }, words('sending'));
  if (message.state === 'refused') return el('span', { class: 'state failed' }, words('refused'));
  const resend = () => actions.resend(message.key);
  return el('button', { class: 'state failed', type: 'button', testid: 'resend', onclick: resend }, words('unsent'));
}
