// SPDX-License-Identifier: Apache-2.0
import { answer, api, rememberCsrf } from '../api/client';
import { readZone } from '../api/queries';
import type { Passkey, Session } from '../api/types';

/** What `toJSON` makes of a new passkey, as far as the server asks for it; binary parts are base64url. */
interface Made {
  response: { clientDataJSON: string; attestationObject: string; transports: string[] };
}

/** And of one that signs. */
interface Shown {
  id: string;
  response: { userHandle?: string; clientDataJSON: string; authenticatorData: string; signature: string };
}

/** Why no passkey can be used in this browser at this place, as a sentence; undefined where one can. */
export function hindrance(window: Window & typeof globalThis): string | undefined {
  if (!window.isSecureContext) {
    return `Browsers give passkeys to pages over HTTPS only, and this one is open at ${window.location.origin}.`;
  }
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    return 'This browser is too old for passkeys. A newer one has them.';
  }
  return undefined;
}

/** What a browser says when nothing came of it, in words. */
export function sentenceOf(failure: unknown, nothing: string): unknown {
  if (!(failure instanceof DOMException)) return failure;
  switch (failure.name) {
    case 'NotAllowedError':
    case 'AbortError':
      return new Error(nothing);
    case 'InvalidStateError':
      return new Error('This device holds a passkey of yours already.');
    default:
      return new Error(`The browser could not do it: ${failure.message}`);
  }
}

async function asked(ceremony: Promise<Credential | null>, nothing: string): Promise<PublicKeyCredential> {
  try {
    const made = await ceremony;
    if (made instanceof PublicKeyCredential) return made;
  } catch (failure) {
    throw sentenceOf(failure, nothing);
  }
  throw new Error(nothing);
}

/** Has this device, or one that it can reach, make a passkey, which the server keeps from then on. */
export async function addPasskey(name: string, password: string): Promise<Passkey> {
  const options = await answer(api.POST('/api/v1/session/passkeys/options', { body: { password } }));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made: Made = (
    await asked(navigator.credentials.create({ publicKey }), 'No passkey was made: it was cancelled, or took too long.')
  ).toJSON();
  const { clientDataJSON, attestationObject, transports } = made.response;
  return answer(
    api.POST('/api/v1/session/passkeys', {
      body: { name, clientData: clientDataJSON, attestation: attestationObject, transports },
    }),
  );
}

/** Whether this browser offers passkeys by itself, in the field where a name is typed. */
export async function offersByItself(window: Window & typeof globalThis): Promise<boolean> {
  if (hindrance(window)) return false;
  return Boolean(await window.PublicKeyCredential.isConditionalMediationAvailable?.());
}

/**
 * Whose name it is, the passkey says.
 *
 * @param offered in the field of the name, and asked for until this ends; else at once
 */
export async function signInByPasskey(offered?: AbortSignal): Promise<Session> {
  const options = await answer(api.POST('/api/v1/session/passkey/question'));
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const shown: Shown = (
    await asked(
      navigator.credentials.get(offered ? { publicKey, mediation: 'conditional', signal: offered } : { publicKey }),
      'No passkey was shown: it was cancelled, took too long, or none of yours is in reach.',
    )
  ).toJSON();
  const { userHandle = '', clientDataJSON, authenticatorData, signature } = shown.response;
  const session = await answer(
    api.POST('/api/v1/session/passkey', {
      body: { credential: shown.id, userHandle, clientData: clientDataJSON, authenticatorData, signature },
    }),
  );
  rememberCsrf(session.csrf);
  await readZone();
  return session;
}
