// Which words of two texts are not the same.
const pieces = (text) => [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)].map((piece) => piece.segment);

// For each of two texts which of its code points belong to words that the other does not have there.
function changed(before, now) {
  const a = pieces(before), b = pieces(now);
  let head = 0, tail = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const keep = common(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [flags(a, keep[0], head, tail), flags(b, keep[1], head, tail)];
}

// A blank or a comma between two changed words counts as changed with them: one mark reads better than five.
function flags(all, kept, head, tail) {
  const other = all.map((_, at) => at >= head && at < all.length - tail && !kept.has(at - head));
  const joined = other.map((is, at) => is || (!/[\p{L}\p{N}]/u.test(all[at]) && other[at - 1] && other[at + 1]));
  return all.flatMap((piece, at) => Array(Array.from(piece).length).fill(Boolean(joined[at])));
}

// The places of a longest common subsequence, in each of the two lists.
function common(a, b) {
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) length[i][j] = a[i] === b[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const kept = [new Set(), new Set()];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { kept[0].add(i); kept[1].add(j); i += 1; j += 1; }
    else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return kept;
}
