import { mayReceive, schemeOf, tryReceiver } from './receivers';
import { SENDERS } from './senders';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, Unresolved, Value, ValueMap } from '../values';

/** Parts of a signed content that say something of the body. */
const OF_BODY: readonly Value[] = ['adyen', 'aws-sns', 'body', 'contentful', 'crc32', 'twilio'];

/** Checks `WEBHOOK-SIGNATURE`. */
export const webhookSignature: Rule = {
  control: 'WEBHOOK-SIGNATURE',
  check(func) {
    const variables = tryReceiver(func);
    if (!variables && mayReceive(func)) return cannotTell('UnresolvedEnvironment', 'the template does not tell whether the function receives webhooks', 'Environment');
    if (!variables) return notApplicable('the function receives no webhooks');
    const scheme = schemeOf(variables);
    if (scheme instanceof Unresolved) return untold(`SCHEME is ${describe(variables.SCHEME)}`);
    const judged = scheme.preset === undefined ? judgeWritten(scheme) : judgePreset(scheme);
    return judged.kind === 'compliant' ? judgeKeys(variables, scheme) ?? judged : judged;
  },
};

function judgePreset(scheme: ValueMap): Outcome {
  const name = describe(scheme.preset);
  const sender = SENDERS.get(name);
  if (!sender) return untold(`no sender is known by the preset ${name}`);
  if (!sender.signs) return violation('StaticSecret', `${name} sends a password and signs nothing`, 'Environment.Variables.SCHEME');
  // The one preset whose covered parts may be chosen.
  return scheme.components === undefined ? signed(`as ${name} signs it`) : judgeComponents(scheme);
}

function judgeWritten(scheme: ValueMap): Outcome {
  switch (scheme.type) {
    case 'static': return violation('StaticSecret', 'the sender sends a password and signs nothing', 'Environment.Variables.SCHEME');
    case 'detached': return judgeContent(scheme);
    case 'http-message': return judgeComponents(scheme);
    case 'jwt': return judgeClaim(at(scheme, 'bodyHash.claim'));
    default: return untold(`the type of the scheme is ${describe(scheme.type)}`);
  }
}

function judgeContent({ content }: ValueMap): Outcome {
  const parts = listOf(content);
  if (parts.some((part) => OF_BODY.includes(part))) return signed('by a detached signature');
  return isUnknown(content) || parts.some(isUnknown) ? untold(`what is signed is ${describe(content)}`) : notSigned('the parts of the signed content');
}

function judgeComponents({ components }: ValueMap): Outcome {
  const covered = listOf(components);
  if (covered.includes('content-digest')) return signed('by an HTTP message signature');
  return isUnknown(components) || covered.some(isUnknown) ? untold(`what is signed is ${describe(components)}`) : notSigned('the covered components');
}

function judgeClaim(claim: Value): Outcome {
  if (isUnknown(claim)) return untold(`the claim with the hash of the body is ${describe(claim)}`);
  return claim === undefined || claim === '' ? notSigned('the claims of the token') : signed('by a token with its hash');
}

/** A receiver without a key lets nobody in, or, if it were another's code, anybody. */
function judgeKeys(variables: ValueMap, scheme: ValueMap): Outcome | undefined {
  const named = isMap(scheme.certificate) || SENDERS.get(describe(scheme.preset))?.keys === 'certificate';
  const { SECRET_ARN: secret } = variables;
  if (named) return undefined;
  // A parameter may be empty, and a macro may put nothing.
  if (isUnknown(secret)) return untold(`SECRET_ARN is ${describe(secret)}`);
  return secret !== undefined && secret !== '' ? undefined : violation('NoKeys', 'SECRET_ARN names no secret with keys', 'Environment.Variables');
}

function signed(how: string): Outcome {
  return compliant(`a signature covers the body, ${how}`, 'Environment.Variables.SCHEME');
}

function notSigned(what: string): Outcome {
  return violation('BodyNotSigned', `${what} do not cover the body`, 'Environment.Variables.SCHEME');
}

function untold(message: string): Outcome {
  return cannotTell('UnresolvedScheme', message, 'Environment.Variables.SCHEME');
}
