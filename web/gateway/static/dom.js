// Building elements. Text goes in as text, never as HTML.

// An element: tag, attributes (class, testid, on* as functions, others as they are), children (elements or text).
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name === 'testid') element.dataset.testid = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

// Put these children (elements or text) in place of whatever an element holds.
export function fill(element, ...children) {
  element.textContent = '';
  element.append(...children);
}

const SHAPES = {
  send: 'M3.4 20.4 21 12 3.4 3.6 3.4 10.2 15 12 3.4 13.8z',
  more: 'M12 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm0 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm0 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  clip: 'M7 7.5V16a5 5 0 0 0 10 0V6.5a3.5 3.5 0 0 0-7 0V15a2 2 0 0 0 4 0V7.5h-1.8V15a.2.2 0 0 1-.4 0V6.5a1.7 1.7 0 0 1 3.4 0V16a3.2 3.2 0 0 1-6.4 0V7.5z',
  down: 'M12 16.5 4.6 9.1 6.3 7.4 12 13.1l5.7-5.7 1.7 1.7z',
  file: 'M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm7 1.8V8h4.2z',
  link: 'M14 4h6v6h-2V7.4l-8.3 8.3-1.4-1.4L16.6 6H14zM5 6h6v2H6v10h10v-5h2v7H4V6z',
};

// One of our icons.
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[name]);
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  return svg;
}

// A circle with the first character of a name.
export function avatar(name) {
  return el('span', { class: 'avatar', 'aria-hidden': 'true' }, Array.from(name.trim())[0] || '?');
}
