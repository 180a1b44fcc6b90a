import { createHash } from 'node:crypto';
import { PackFinding } from './input';
import { ControlSection, ControlStatus, FindingPlace, PackSection, Place, Report, WaivedPlace } from './model';
import { html, Markup, raw } from './private/markup';
import { STYLESHEET } from './private/stylesheet';
import { count, LIMITS_NOTE, LIMITS_TITLE, SUPPORTS_NOTE, visible } from './text';

/** A list longer than this is folded. */
const LONG_LIST = 12;

/**
 * The report as one self-contained page: no script, no request, readable from a file, on a phone and on paper.
 *
 * Everything that comes from a template is escaped, and the content security policy of the page forbids all but its own style sheet.
 */
export function renderHtml(report: Report): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLESHEET).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Security posture of ${report.subject}</title>
<style>${raw(STYLESHEET)}</style>
</head>
<body>
<a class="skip" href="#open">Skip to the open findings</a>
<header>
<p class="kicker">Security posture</p>
<h1>${report.subject}</h1>
<p class="meta">${count(report.summary.resources, 'resource')} under ${count(report.summary.controls, 'control')}${report.asOf === undefined ? '' : ` · waivers judged as of ${report.asOf}`}</p>
<nav aria-label="Sections"><ul>${sections(report).map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main>
${sections(report).map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}</section>
`)}</main>
<footer><p>${SUPPORTS_NOTE}</p></footer>
</body>
</html>
`.toString();
}

function sections(report: Report): Array<{ id: string; title: string; body: Markup }> {
  const { summary } = report;
  return [
    { id: 'summary', title: 'Summary', body: summarySection(report) },
    { id: 'open', title: `Open findings (${summary.violations + summary.cannotTell})`, body: openSection(report) },
    { id: 'waived', title: `Waived (${summary.waived})`, body: waivedSection(report) },
    { id: 'waiver-problems', title: `Waivers that need work (${summary.discipline})`, body: disciplineSection(report) },
    ...(report.limits.length === 0 ? [] : [{ id: 'limits', title: `${LIMITS_TITLE} (${report.limits.length})`, body: limitsSection(report) }]),
    { id: 'controls', title: `Controls (${summary.controls})`, body: controlsSection(report) },
    { id: 'frameworks', title: 'Frameworks', body: frameworksSection(report) },
    { id: 'packs', title: `Other packs (${summary.packFindings})`, body: packsSection(report) },
    ...(report.notes.length === 0 ? [] : [{
      id: 'notes', title: 'Not looked at', body: html`<ul class="plain">${report.notes.map((note) => html`<li>${note}</li>`)}</ul>`,
    }]),
  ];
}

function summarySection({ summary: s }: Report): Markup {
  const tiles: Array<[string, number, string]> = [
    ['Compliant', s.compliant, 'good'],
    ['Violations', s.violations, s.violations > 0 ? 'bad' : 'none'],
    ['Cannot tell', s.cannotTell, s.cannotTell > 0 ? 'unsure' : 'none'],
    ['Waived', s.waived, s.waived > 0 ? 'waived' : 'none'],
    ['Not applicable', s.notApplicable, 'none'],
    ['Waiver problems', s.discipline, s.discipline > 0 ? 'bad' : 'none'],
  ];
  return html`<dl class="tiles">${tiles.map(([name, number, kind]) => html`<div class="tile ${kind}"><dt>${name}</dt><dd>${number}</dd></div>`)}</dl>
<table class="narrow"><caption>Open findings by severity</caption>
<thead><tr><th scope="col">Critical</th><th scope="col">High</th><th scope="col">Medium</th><th scope="col">Low</th></tr></thead>
<tbody><tr><td>${s.open.critical}</td><td>${s.open.high}</td><td>${s.open.medium}</td><td>${s.open.low}</td></tr></tbody></table>
<p class="quiet">${s.controls} of the catalog's ${count(s.catalog, 'control')} govern a resource here. Outcomes count a control at a resource, once per finding.</p>
`;
}

function openSection(report: Report): Markup {
  const open = report.controls.filter((control) => control.violations.length + control.cannotTell.length > 0);
  if (open.length === 0) return html`<p class="empty">No open finding.</p>`;
  return html`${open.map((control) => html`<article class="finding ${control.severity}">
<h3>${severityBadge(control)} <a href="#${anchor(control.id)}"><code>${control.id}</code></a> <span>${control.title}</span></h3>
<p>${control.rationale}</p>
<p class="remedy"><strong>Remedy</strong> ${control.remedy}</p>
${findings('Violated', control.violations)}${findings('Cannot tell', control.cannotTell)}</article>
`)}`;
}

function waivedSection(report: Report): Markup {
  const waived = report.controls.flatMap((control) => control.waived.map((place) => ({ control, place })));
  if (waived.length === 0) return html`<p class="empty">Nothing is waived.</p>`;
  return folded(waived.length, 'waived finding', html`<table class="stack waived"><caption>What is waived, why, by whom and until when</caption>
<thead><tr><th scope="col">Control</th><th scope="col">Resource</th><th scope="col">Why</th><th scope="col">Owner</th><th scope="col">Until</th></tr></thead>
<tbody>${waived.map(({ control, place }) => html`<tr>
<th scope="row" data-label="Control"><a href="#${anchor(control.id)}"><code>${control.id}</code></a> <code>${place.finding}</code></th>
<td data-label="Resource"><code>${place.resource}</code></td><td data-label="Why">${place.waiver.reason}</td>
<td data-label="Owner">${place.waiver.owner}</td><td data-label="Until" class="date">${place.waiver.expires}</td></tr>
`)}</tbody></table>
`);
}

function disciplineSection(report: Report): Markup {
  if (report.discipline.length === 0) return html`<p class="empty">Every waiver is complete, in force and in use.</p>`;
  return html`<table class="stack problems"><caption>Exceptions that do not hold, or do not hold any more</caption>
<thead><tr><th scope="col">Problem</th><th scope="col">Construct</th><th scope="col">What is wrong</th></tr></thead>
<tbody>${report.discipline.map((each) => html`<tr><th scope="row" data-label="Problem"><code>${each.rule}</code></th>
<td data-label="Construct">${each.constructPath === '' ? 'the app' : html`<code>${each.constructPath}</code>`}</td>
<td data-label="What is wrong">${each.message}</td></tr>
`)}</tbody></table>
`;
}

function controlsSection(report: Report): Markup {
  return html`${report.controls.map(controlEntry)}${report.withoutResources.length === 0 ? '' : html`<details class="rest">
<summary>${count(report.withoutResources.length, 'control')} without a resource here</summary>
<p class="ids">${report.withoutResources.map((id) => html`<code>${id}</code> `)}</p></details>
`}`;
}

function controlEntry(control: ControlSection): Markup {
  return html`<details class="control" id="${anchor(control.id)}">
<summary>${statusBadge(control.status)} <code>${control.id}</code> <span class="title">${control.title}</span> <span class="counts">${tally(control)}</span></summary>
<div class="body"><p>${control.rationale}</p>
<dl class="facts"><div><dt>Severity</dt><dd>${control.severity}${control.waivable ? '' : ', cannot be waived'}</dd></div>
<div><dt>Remedy</dt><dd>${control.remedy}</dd></div>
<div><dt>Source</dt><dd>${control.source}</dd></div>
<div><dt>Supports</dt><dd>${control.supports.length === 0 ? 'no mapped requirement' : html`<ul class="tags">${control.supports.map(({ framework, clause }) => html`<li>${framework} ${clause}</li>`)}</ul>`}</dd></div></dl>
${findings('Violated', control.violations)}${findings('Cannot tell', control.cannotTell)}${waivers(control.waived)}${places('Holds', 'Evidence', control.holds)}${places('Not applicable', 'Because', control.notApplicable)}</div>
</details>
`;
}

function tally(control: ControlSection): string {
  const parts: Array<[number, string]> = [
    [control.violations.length, 'violated'], [control.cannotTell.length, 'cannot tell'], [control.waived.length, 'waived'], [control.holds.length, 'hold'],
  ];
  return parts.filter(([number]) => number > 0).map(([number, name]) => `${number} ${name}`).join(' · ');
}

function findings(title: string, list: readonly FindingPlace[]): Markup {
  if (list.length === 0) return html``;
  return folded(list.length, title.toLowerCase(), html`<table class="stack findings"><caption>${title}</caption>
<thead><tr><th scope="col">Resource</th><th scope="col">Finding</th><th scope="col">What was found</th></tr></thead>
<tbody>${list.map((place) => html`<tr><th scope="row" data-label="Resource">${resource(place)}</th>
<td data-label="Finding"><code>${place.finding}</code></td>
<td data-label="Found">${place.message}${place.meaning ? html` <span class="quiet">${place.meaning}</span>` : ''}</td></tr>
`)}</tbody></table>
`);
}

function waivers(list: readonly WaivedPlace[]): Markup {
  if (list.length === 0) return html``;
  return folded(list.length, 'waived', html`<table class="stack findings"><caption>Waived</caption>
<thead><tr><th scope="col">Resource</th><th scope="col">Finding</th><th scope="col">Why, by whom, until when</th></tr></thead>
<tbody>${list.map((place) => html`<tr><th scope="row" data-label="Resource">${resource(place)}</th>
<td data-label="Finding"><code>${place.finding}</code></td>
<td data-label="Why">${place.waiver.reason} <span class="quiet">${place.waiver.owner}, until ${place.waiver.expires}</span></td></tr>
`)}</tbody></table>
`);
}

function places(title: string, what: string, list: readonly Place[]): Markup {
  if (list.length === 0) return html``;
  return folded(list.length, title.toLowerCase(), html`<table class="stack"><caption>${title}</caption>
<thead><tr><th scope="col">Resource</th><th scope="col">${what}</th></tr></thead>
<tbody>${list.map((place) => html`<tr><th scope="row" data-label="Resource">${resource(place)}</th><td data-label="${what}">${place.message}</td></tr>
`)}</tbody></table>
`);
}

function resource(place: Place): Markup {
  return html`<code>${place.resource}</code> <span class="type">${place.resourceType}</span>`;
}

function frameworksSection(report: Report): Markup {
  if (report.frameworks.length === 0) return html`<p class="empty">No control here is mapped to a requirement.</p>`;
  return html`<p class="quiet">${SUPPORTS_NOTE}</p>
${report.frameworks.map(({ framework, requirements }) => html`<details class="framework">
<summary>${framework} <span class="counts">${count(requirements.length, 'requirement')}</span></summary>
<table class="stack requirements"><caption>${framework}: requirements and the controls that support them</caption>
<thead><tr><th scope="col">Requirement</th><th scope="col">Supported by</th></tr></thead>
<tbody>${requirements.map(({ clause, controls }) => html`<tr><th scope="row" data-label="Requirement">${clause}</th>
<td data-label="Supported by"><ul class="tags">${controls.map(({ id, status }) => html`<li class="${className(status)}"><a href="#${anchor(id)}"><code>${id}</code></a> ${status}</li>`)}</ul></td></tr>
`)}</tbody></table></details>
`)}`;
}

function packsSection(report: Report): Markup {
  if (report.packs.length === 0) return html`<p class="empty">No other pack reported into this assembly.</p>`;
  return html`${report.packs.map(packEntry)}`;
}

function packEntry({ pack, findings: open, acknowledged }: PackSection): Markup {
  return html`<h3>${pack} <span class="counts">${count(open.length, 'finding')}, ${acknowledged.length} acknowledged</span></h3>
${open.length === 0 ? '' : folded(open.length, 'finding', packTable('Findings', open))}${acknowledged.length === 0 ? ''
  : folded(acknowledged.length, 'acknowledged finding', packTable('Acknowledged', acknowledged))}`;
}

function packTable(title: string, list: readonly PackFinding[]): Markup {
  return html`<table class="stack problems"><caption>${title}</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">Construct</th><th scope="col">${title === 'Findings' ? 'What was found' : 'Why it is acknowledged'}</th></tr></thead>
<tbody>${list.map((each) => html`<tr><th scope="row" data-label="Rule"><code>${each.rule}</code> <span class="type">${each.severity}</span></th>
<td data-label="Construct"><code>${each.constructPath}</code></td>
<td data-label="${title}">${each.acknowledged ? html`${each.acknowledged.reason || 'no reason given'} <span class="quiet">at ${each.acknowledged.at || 'the app'}</span>` : each.description}</td></tr>
`)}</tbody></table>
`;
}

function limitsSection(report: Report): Markup {
  const governed = new Set(report.controls.map((control) => control.id));
  return html`<p class="quiet">${LIMITS_NOTE}</p>
<table class="stack problems"><caption>What controls do not reach where they are applied</caption>
<thead><tr><th scope="col">Control</th><th scope="col">Construct</th><th scope="col">What is not enforced</th></tr></thead>
<tbody>${report.limits.map((each) => html`<tr>
<th scope="row" data-label="Control">${governed.has(each.control) ? html`<a href="#${anchor(each.control)}"><code>${each.control}</code></a>` : html`<code>${each.control}</code>`}</th>
<td data-label="Construct"><code>${each.constructPath}</code></td><td data-label="Not enforced">${each.text}</td></tr>
`)}</tbody></table>
`;
}

function folded(length: number, noun: string, body: Markup): Markup {
  return length <= LONG_LIST ? html`<div class="list">${body}</div>` : html`<details class="long"><summary>${length} × ${noun}</summary>
${body}</details>
`;
}

function severityBadge(control: ControlSection): Markup {
  return html`<span class="badge ${control.severity}">${control.severity}</span>`;
}

function statusBadge(status: ControlStatus): Markup {
  return html`<span class="badge ${className(status)}">${status}</span>`;
}

function className(status: ControlStatus): string {
  return `is-${status.replaceAll(' ', '-')}`;
}

/** A fragment that no identifier can break out of: catalog ids are letters, digits and hyphens. */
function anchor(id: string): string {
  return `control-${visible(id).replace(/[^A-Za-z0-9-]/g, '-')}`;
}
