// Brings one tree of elements to what another says, and leaves alone what is the same: whoever reads, types or is on their
// way through the page with the keyboard stays where they are.

// What scripts put in, and what belongs to the reader: never the server's to change.
const MADE = "[data-made]";
const KEPT = "[data-kept], #live, #since";
// A sentence that grows or shrinks breaks into other lines: it is set anew, so that no word of it runs across the page.
const SENTENCE = ".lede";

export function bring(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE || old.matches(KEPT) || old.isEqualNode(fresh)) return;
  if (old.matches(SENTENCE) && old.textContent.length !== fresh.textContent.length && !old.contains(document.activeElement)) {
    old.replaceWith(document.adoptNode(fresh));
    return;
  }
  attributes(old, fresh);
  children(old, fresh);
}

function attributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !ofTheReader(old, name)) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !ofTheReader(old, name)) old.removeAttribute(name);
  }
}

// What is open stays open, and what only a script may show stays shown.
function ofTheReader(element, attribute) {
  return (attribute === "open" && element.localName === "details") || (attribute === "hidden" && element.matches(".js"));
}

function children(old, fresh) {
  const wanted = [...fresh.childNodes];
  const names = new Set(wanted.map(nameOf).filter(Boolean));
  const known = new Map();
  for (const child of old.children) {
    if (nameOf(child) && !child.matches(MADE)) known.set(nameOf(child), child);
  }
  let at = notMade(old.firstChild);
  for (const node of wanted) {
    while (at && nameOf(at) && !names.has(nameOf(at))) at = without(at);
    if (at && sameKind(at, node)) {
      const next = notMade(at.nextSibling);
      bring(at, node);
      at = next;
    } else if (known.get(nameOf(node))?.parentNode === old && sameKind(known.get(nameOf(node)), node)) {
      const moved = known.get(nameOf(node));
      old.insertBefore(moved, at);
      bring(moved, node);
    } else {
      old.insertBefore(document.adoptNode(node), at);
    }
  }
  while (at) at = without(at);
}

function without(node) {
  const next = notMade(node.nextSibling);
  node.remove();
  return next;
}

function notMade(node) {
  let at = node;
  while (at?.nodeType === Node.ELEMENT_NODE && at.matches(MADE)) at = at.nextSibling;
  return at;
}

// By which an element is the same one in both trees, wherever it stands.
function nameOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.cursor || node.dataset.measure || "" : "";
}

function sameKind(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && nameOf(one) === nameOf(other);
}
