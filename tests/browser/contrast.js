// Text on the page that does not stand out from what it stands on by 4.5 to 1 (WCAG 2, AA).
(() => {
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const linear = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const ground = (node) => {
    const colour = numbers(getComputedStyle(node).backgroundColor);
    return colour.length === 3 || !node.parentElement ? colour : ground(node.parentElement);
  };
  const found = new Set();
  for (const node of document.querySelectorAll("body *")) {
    const says = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
    if (!says || !node.checkVisibility() || node.closest("svg, script, option")) continue;
    const pair = [numbers(getComputedStyle(node).color), ground(node)].map(luminance).sort((one, other) => other - one);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) found.add(`${node.className} "${node.textContent.slice(0, 40)}" ${ratio.toFixed(2)}`);
  }
  return [...found];
})()
