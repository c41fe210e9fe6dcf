// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.time.Instant;

/// A sign-in that was begun: by which browser, when, and where it goes on. What the provider is sent of it is derived
/// from a secret of this server, so that nothing is kept here for those who never come back.
///
/// @param seed which one it is; no secret
/// @param back the address within the page that they came from
/// @param sealed what the browser keeps, as its cookie
record Ticket(String seed, Instant begun, String back, String sealed, State state, Nonce nonce, CodeVerifier verifier) {
    @Override
    public String toString() {
        return "Ticket[" + begun + "]";
    }
}
