import * as fc from 'fast-check';
import { patternTakes, SampleEvent } from '../../../src/rules/events/event-pattern';
import { Text, Unresolved, Value } from '../../../src/rules/values';

const EVENT: SampleEvent = { source: 'aws.transfer', detail: { name: 'StopServer', who: undefined, server: (value: Value) => (value === 's-1' ? 'yes' : 'no') } };
const detail = (members: object): Value => ({ detail: members }) as Value;

test.each<[string, Value]>([
  ['a text', { source: ['aws.s3', 'aws.transfer'] }],
  ['a member of a member', detail({ name: ['StopServer'] })],
  ['a prefix', detail({ name: [{ prefix: 'Stop' }] })],
  ['a suffix', detail({ name: [{ suffix: 'Server' }] })],
  ['a text in another case', detail({ name: [{ 'equals-ignore-case': 'STOPSERVER' }] })],
  ['a wildcard', detail({ name: [{ wildcard: 'St*Se*er' }] })],
  ['a wildcard without a star', detail({ name: [{ wildcard: 'StopServer' }] })],
  ['something else', detail({ name: [{ 'anything-but': ['StartServer'] }] })],
  ['something with another beginning', detail({ name: [{ 'anything-but': { prefix: 'Start' } }] })],
  ['anybody but one who is named', detail({ who: [{ 'anything-but': 'me' }] })],
  ['what is there', detail({ who: [{ exists: true }] })],
  ['what is not there', detail({ more: [{ exists: false }] })],
  ['what is not there, in what is not there', detail({ more: { less: [{ exists: false }] } })],
  ['what a test says is meant', detail({ server: ['s-1'] })],
  ['one of several patterns', { $or: [{ source: ['aws.s3'] }, { source: ['aws.transfer'] }] }],
  ['nothing in particular', {}],
])('an event is taken by a pattern of %s', (_name, pattern) => {
  expect(patternTakes(pattern, EVENT)).toBe('yes');
});

test.each<[string, Value]>([
  ['another text', { source: ['aws.s3'] }],
  ['another prefix', detail({ name: [{ prefix: 'Start' }] })],
  ['another suffix', detail({ name: [{ suffix: 'Stop' }] })],
  ['another wildcard', detail({ name: [{ wildcard: 'Stop*Stop*Server' }] })],
  ['a wildcard with another beginning', detail({ name: [{ wildcard: 'Server*' }] })],
  ['a wildcard whose pieces overlap', detail({ name: [{ wildcard: 'StopServ*Server' }] })],
  ['anything but it', detail({ name: [{ 'anything-but': 'StopServer' }] })],
  ['anything but what is not there', detail({ more: [{ 'anything-but': 'x' }] })],
  ['what is not there', detail({ more: ['x'] })],
  ['what is said not to be there', detail({ who: [{ exists: false }] })],
  ['a text for an object', { detail: ['StopServer'] }],
  ['an object for a text', { source: { name: ['x'] } }],
  ['what a test says is not meant', detail({ server: ['s-2'] })],
  ['no value', detail({ name: [] })],
])('an event is not taken by a pattern of %s', (_name, pattern) => {
  expect(patternTakes(pattern, EVENT)).toBe('no');
});

test.each<[string, Value]>([
  ['what the event leaves open', detail({ who: ['me'] })],
  ['the beginning of what the event leaves open', detail({ who: [{ prefix: 'm' }] })],
  ['an object of what the event leaves open', detail({ who: { name: ['x'] } })],
  ['an operator that is not known', detail({ name: [{ numeric: ['>', 1] }] })],
  ['an operator whose value is none', detail({ name: [{ prefix: { 'equals-ignore-case': 'stop' } }] })],
  ['an operator on what a test tells', detail({ server: [{ prefix: 's-' }] })],
  ['no list', { source: 'aws.transfer' }],
  ['no object', 'aws.transfer'],
  ['what the template does not tell', new Unresolved('Parameter')],
  ['a text that the template does not tell', { source: [new Unresolved('Parameter')] }],
  ['a text of which the template tells a part', { source: [new Text(['aws.', new Unresolved('Parameter')])] }],
])('an event may be taken by a pattern of %s', (_name, pattern) => {
  expect(patternTakes(pattern, EVENT)).toBe('maybe');
});

test('a pattern may be written as text', () => {
  expect(patternTakes('{"source":["aws.transfer"]}', EVENT)).toBe('yes');
});

test('a wildcard matches as a regular expression with .* would', () => {
  const letters = fc.stringMatching(/^[ab]{0,6}$/);
  fc.assert(fc.property(fc.stringMatching(/^[ab*]{0,6}$/), letters, (wildcard, text) => {
    const expected = new RegExp(`^${wildcard.replace(/\*/g, '.*')}$`).test(text) ? 'yes' : 'no';
    expect(patternTakes({ name: [{ wildcard }] }, { name: text })).toBe(expected);
  }));
});
