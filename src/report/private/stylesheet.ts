/** Style sheet of the HTML report; its hash stands in the page's content security policy. */
export const STYLESHEET = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f7f9;--text:#1b2330;--quiet:#566071;--line:#d9dee6;--link:#0b4fb3;
--bad:#b3261e;--bad-bg:#fdecea;--unsure:#8a5a00;--unsure-bg:#fff4da;--waived:#5b3fa6;--waived-bg:#f1edfb;--good:#1b6b3a;--good-bg:#e8f5ec;
--none:#566071;--none-bg:#eef0f4;--low:#0b4fb3;--low-bg:#e8f0fc}
@media (prefers-color-scheme:dark){:root{--bg:#12161d;--panel:#1a2029;--text:#e4e8ee;--quiet:#a3adbb;--line:#323b48;--link:#8ab8ff;
--bad:#ff9d94;--bad-bg:#40201f;--unsure:#f5c566;--unsure-bg:#3a2e14;--waived:#c8b4ff;--waived-bg:#2c2544;--good:#86d9a2;--good-bg:#17331f;
--none:#a3adbb;--none-bg:#262e39;--low:#8ab8ff;--low-bg:#1a2b47}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:1.5rem clamp(.9rem,3vw,2.5rem) 3rem;max-width:76rem;background:var(--bg);color:var(--text);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1,h2,h3,p,ul,dl,dd{margin:0}
ul{padding:0;list-style:none}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere;unicode-bidi:isolate}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
header{border-bottom:2px solid var(--text);padding-bottom:1rem}
.kicker{font-size:.78rem;font-weight:600;letter-spacing:.09em;text-transform:uppercase;color:var(--quiet)}
h1{font-size:1.7rem;line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere}
.meta,.quiet,.type,.counts,footer{color:var(--quiet)}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin-top:.8rem;font-size:.9rem}
section{margin-top:2rem}
h2{font-size:1.2rem;line-height:1.3;padding-bottom:.35rem;margin-bottom:.8rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;line-height:1.4}
.tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:1px;background:var(--line);border:1px solid var(--line);border-radius:6px;overflow:hidden}
.tile{background:var(--bg);padding:.7rem .9rem;display:flex;flex-direction:column-reverse}
.tile dt{font-size:.8rem;color:var(--quiet)}
.tile dd{font-size:1.7rem;font-weight:600;line-height:1.15;font-variant-numeric:tabular-nums;color:var(--text)}
.tile.bad dd{color:var(--bad)}.tile.unsure dd{color:var(--unsure)}.tile.waived dd{color:var(--waived)}.tile.good dd{color:var(--good)}.tile.none dd{color:var(--quiet)}
.tile+.tile{min-width:0}
table{border-collapse:collapse;width:100%;font-size:.88rem;margin:.6rem 0 0}
caption{text-align:left;font-weight:600;font-size:.8rem;color:var(--quiet);padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .7rem .4rem 0;border-top:1px solid var(--line);font-weight:400;overflow-wrap:anywhere}
td:last-child{padding-right:0}
thead th{font-size:.75rem;font-weight:600;color:var(--quiet);border-top:0;padding-bottom:.25rem}
.narrow{width:auto}.narrow th,.narrow td{padding-right:1.8rem;font-variant-numeric:tabular-nums}
.narrow+p{margin-top:.8rem;font-size:.85rem}
.stack{table-layout:fixed}
.stack th:first-child{width:36%}
.problems th:first-child{width:24%}.problems th:nth-child(2){width:26%}
.waived th:first-child{width:24%}.waived th:nth-child(2){width:24%}.waived th:nth-child(4){width:14%}.waived th:nth-child(5){width:7rem}
.requirements th:first-child{width:20%}
.findings th:nth-child(2){width:22%}
td .quiet{display:block}
.date{white-space:nowrap;font-variant-numeric:tabular-nums}
.type{font-size:.78rem;display:block}
.badge{display:inline-block;font-size:.7rem;font-weight:600;line-height:1.5;padding:0 .45em;border-radius:3px;white-space:nowrap;color:var(--none);background:var(--none-bg)}
.badge.critical,.badge.high,.badge.is-violated{color:var(--bad);background:var(--bad-bg)}
.badge.critical{outline:1px solid}
.badge.medium,.badge.is-cannot-tell{color:var(--unsure);background:var(--unsure-bg)}
.badge.low{color:var(--low);background:var(--low-bg)}
.badge.is-waived{color:var(--waived);background:var(--waived-bg)}
.badge.is-holds{color:var(--good);background:var(--good-bg)}
.finding{border-left:3px solid var(--line);padding:.1rem 0 .1rem .9rem;margin-bottom:1.5rem}
.finding.critical,.finding.high{border-color:var(--bad)}.finding.medium{border-color:var(--unsure)}.finding.low{border-color:var(--low)}
.finding>p{max-width:86ch}
.remedy{margin-top:.2rem}
.remedy strong{font-size:.8rem;margin-right:.35em;color:var(--good)}
.empty{color:var(--quiet)}
summary{cursor:pointer;padding:.45rem 0}
.control,.framework,.rest{border-top:1px solid var(--line)}
.control:last-of-type,.framework:last-of-type{border-bottom:1px solid var(--line)}
.control summary .badge{min-width:6.2rem;text-align:center}
.control summary code{font-weight:600}
.control .title{margin-left:.2rem}
.counts{font-size:.8rem;font-weight:400;font-variant-numeric:tabular-nums;margin-left:.4rem}
.framework summary{font-weight:600}
p+.framework{margin-top:.8rem}
.control:first-of-type{border-top:0}
.framework>table{margin-bottom:1rem}
.body{padding:.2rem 0 1.1rem 1rem}
.body>p{max-width:86ch}
.facts{display:grid;gap:.2rem;margin-top:.6rem;font-size:.88rem}
.facts>div{display:grid;grid-template-columns:6rem 1fr;gap:.6rem}
.facts dt{color:var(--quiet)}
.tags{display:flex;flex-wrap:wrap;gap:.25rem .4rem}
.tags li{background:var(--none-bg);border-radius:3px;padding:0 .45em;font-size:.82rem}
.tags .is-violated{background:var(--bad-bg)}.tags .is-cannot-tell{background:var(--unsure-bg)}.tags .is-waived{background:var(--waived-bg)}.tags .is-holds{background:var(--good-bg)}
.ids code{display:inline-block;margin-right:.6rem}
.long>summary{font-size:.85rem;color:var(--quiet)}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.8rem;font-size:.82rem;max-width:76ch}
@media (max-width:44rem){
body{padding-top:1rem;font-size:14px}
.tiles{grid-template-columns:repeat(2,1fr)}
.stack,.stack tbody,.stack tr,.stack th,.stack td{display:block}
.stack caption{display:block}
.stack thead{position:absolute;left:-999rem}
.stack tr{border-top:1px solid var(--line);padding:.45rem 0}
.stack th,.stack td,.stack th:first-child{border:0;padding:.1rem 0;width:auto}
.stack td::before{content:attr(data-label) " ";font-size:.75rem;color:var(--quiet)}
.control .title,.control .counts{display:block;margin-left:0}
.control summary .badge{min-width:0}
.body{padding-left:0}
.narrow{width:100%}.narrow th,.narrow td{padding-right:.4rem}
.facts>div{grid-template-columns:1fr;gap:0}
}
@media print{
:root{--bg:#fff;--text:#000;--quiet:#444;--line:#bbb;--link:#000}
body{max-width:none;padding:0;font-size:9.5pt}
nav,.skip{display:none}
section,.finding,tr{break-inside:auto}
h2,h3,caption,summary{break-after:avoid}
tr,.tile{break-inside:avoid}
thead{display:table-header-group}
a{text-decoration:none}
details::details-content{content-visibility:visible;display:block;height:auto}
summary{list-style:none}
.badge,.tags li{border:1px solid var(--line)}
}
`;
