// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// A webhook and its secret, which is shown once, here.
///
/// @param secret `whsec_` and 32 bytes in base64; the bytes are the key of the HMAC
public record WebhookSecret(Webhook webhook, String secret) {
    @Override
    public String toString() {
        return "WebhookSecret[" + webhook.name() + "]";
    }
}
