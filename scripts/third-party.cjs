// The licences of what is bundled into the handlers, as a text that ships with them. CommonJS, so that tests can load it.
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const LICENCE_FILE = /^(licen[cs]e|notice)(\.(md|txt))?$/i;

/** The packages in these folders with what their licence files say, equal texts once, sorted. */
function thirdPartyText(folders, root) {
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const files = readdirSync(path.join(root, folder)).filter((file) => LICENCE_FILE.test(file)).sort();
    if (files.length === 0 && license === undefined) throw new Error(`${name} says nothing of its licence`);
    const text = files.map((file) => readFileSync(path.join(root, folder, file), 'utf8').trim()).join('\n\n') || `${license}, as its package.json says; it has no licence file.`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...byText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
  return `The functions in this folder contain parts of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

module.exports = { thirdPartyText };
