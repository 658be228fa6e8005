const clean = text => (text || '').replace(/\s+/g, ' ').trim();
const shows = e => {
  const box = e.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && e.checkVisibility({ visibilityProperty: true });
};
const label_of = e => e.labels && e.labels.length ? clean(e.labels[0].innerText) : '';
const name_of = e => {
  const by = (e.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)).filter(Boolean);
  return clean(by.map(b => b.innerText).join(' ')) || clean(e.getAttribute('aria-label')) || clean(e.innerText)
    || (e.matches('input[type=submit], input[type=button]') ? clean(e.value) : '') || label_of(e) || clean(e.title);
};
const only = (found, all) => {
  let left = found.filter(shows);
  // A tile is a label around its input; the label is what one taps.
  left = left.filter(e => !left.some(other => other !== e && other.contains(e) && other.tagName === 'LABEL'));
  if (left.length > 1) {
    const main = left.filter(e => e.closest('main'));
    if (main.length === 1) left = main;
  }
  if (left.length === 1) {
    left[0].scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    return { element: left[0] };
  }
  const there = all.filter(shows).map(e => `${e.tagName.toLowerCase()} ${name_of(e)}`);
  return { problem: `${left.length} such show, of ${there.length}:\n  ${there.join('\n  ')}` };
};
const tappable = 'a[href], button, summary, label, [role=button], [role=tab], input[type=submit], input[type=button]';
const to_tap = () => [...document.querySelectorAll(tappable)].filter(e => !e.closest('[aria-hidden=true]'));
const named = (wanted, all, name) => {
  const exact = all.filter(e => name(e) === wanted);
  return only(exact.some(shows) ? exact : all.filter(e => name(e).startsWith(wanted)), all);
};
const find_by_name = wanted => named(wanted, to_tap(), name_of);
const find_first_by_name = wanted => {
  const all = to_tap();
  return only(all.filter(e => shows(e) && name_of(e) === wanted).slice(0, 1), all);
};
const find_by_selector = wanted => {
  const all = [...document.querySelectorAll(wanted)];
  return only(all, all);
};
const find_link = path => {
  const all = [...document.querySelectorAll('a[href]')], there = all.filter(e => e.getAttribute('href') === path && shows(e));
  return only((there.some(e => e.closest('main')) ? there.filter(e => e.closest('main')) : there).slice(0, 1), all);
};
const find_field = wanted => {
  const fields = [...document.querySelectorAll('input:not([type=hidden]), textarea, select')];
  return named(wanted, fields, e => label_of(e) || name_of(e));
};
const focus = () => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return { at: null, name: '', shows: true };
  const box = e.getBoundingClientRect();
  const at = `${e.tagName} ${e.id} ${e.name || ''} ${Math.round(box.left + scrollX)} ${Math.round(box.top + scrollY)}`;
  // A radio or checkbox may be drawn by its label.
  const drawn = [e, ...(e.labels || []), e.nextElementSibling, e.parentElement].filter(Boolean);
  const ring = e => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const group = e.type === 'radio' ? [...document.getElementsByName(e.name)].filter(r => r.form === e.form).map(label_of) : [];
  return { at, html: e.outerHTML.slice(0, 120), name: name_of(e), label: label_of(e), href: e.getAttribute('href'), group,
    checked: !!e.checked, shows: ring(e) || drawn.slice(1).some(ring) };
};
const too_wide = () => {
  const page = document.scrollingElement, wide = page.clientWidth;
  const found = [...document.body.querySelectorAll('*')].filter(e => {
    if (!shows(e) || e.getBoundingClientRect().right <= wide + 1) return false;
    // What scrolls in a box of its own, such as a wide table, is no trouble for the page.
    for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) {
      const flow = getComputedStyle(up).overflowX;
      if (flow === 'auto' || flow === 'scroll' || flow === 'hidden' || flow === 'clip') return false;
    }
    return true;
  });
  if (page.scrollWidth <= page.clientWidth && !found.length) return [];
  const say = e => `  to ${Math.round(e.getBoundingClientRect().right)} of ${wide} px: ${e.outerHTML.slice(0, 140)}`;
  return [`  the page is ${page.scrollWidth} px wide`, ...found.slice(0, 8).map(say)];
};
