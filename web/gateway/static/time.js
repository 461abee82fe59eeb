// Dates as people in China read them. Business time is shown in Asia/Shanghai wherever the browser is.
import { words } from './words.js';

const PARTS = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit',
  hourCycle: 'h23',
});

function parts(seconds) {
  const found = {};
  for (const part of PARTS.formatToParts(new Date(seconds * 1000))) found[part.type] = part.value;
  return found;
}

// 08:05
export function hour(seconds) {
  const { hour, minute } = parts(seconds);
  return `${hour}:${minute}`;
}

// 11月21日 周六, with the year if `withYear`
export function day(seconds, withYear) {
  const found = parts(seconds);
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)];
  const weekday = words('weekdays')[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  return words(withYear ? 'day_year' : 'day', { year, month, day, weekday });
}
