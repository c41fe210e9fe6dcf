// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import dev.pharos.server.auth.Secret;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.server.store.WebhookStore.Salts;
import dev.pharos.usp.Bytes;
import java.time.Instant;
import java.util.Base64;

/// The secrets with which deliveries are signed. Each is derived from a key of the server and from what is kept with
/// its webhook, so that none of them is kept. They and the signatures are as standardwebhooks.com has them, so that
/// receivers need not be written anew. Thread-safe.
public final class WebhookSecrets {
    private static final int SALT_BYTES = 16;

    private final Bytes key;

    private WebhookSecrets(Bytes key) {
        this.key = key;
    }

    /// With the key that all servers on one database share.
    public static WebhookSecrets of(ServerKeyStore keys) {
        return new WebhookSecrets(keys.key("webhooks", Secret.key()));
    }

    public static Bytes salt() {
        return Secret.bytes(SALT_BYTES);
    }

    /// As its receiver is given it.
    public String shown(Bytes salt) {
        return "whsec_" + Base64.getEncoder().encodeToString(secret(salt).toByteArray());
    }

    /// The value of `webhook-signature`: one signature, or two while a secret is being replaced.
    public String signatures(Salts salts, String id, Instant at, String body) {
        String signed = id + "." + at.getEpochSecond() + "." + body;
        String current = signature(salts.current(), signed);
        return salts.oldUntil().filter(at::isBefore).isPresent()
                ? salts.old().map(old -> current + " " + signature(old, signed)).orElse(current)
                : current;
    }

    private String signature(Bytes salt, String signed) {
        return "v1,"
                + Base64.getEncoder()
                        .encodeToString(Secret.mac(secret(salt), signed).toByteArray());
    }

    private Bytes secret(Bytes salt) {
        return Secret.mac(key, "webhook " + salt.toHex());
    }
}
