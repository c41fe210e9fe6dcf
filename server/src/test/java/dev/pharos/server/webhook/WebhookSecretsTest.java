// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.server.store.WebhookStore.Salts;
import dev.pharos.usp.Bytes;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WebhookSecretsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final WebhookSecrets secrets = WebhookSecrets.of(new ServerKeyStore(TestDatabase.database()));

    /// The example of standardwebhooks.com.
    @Test
    void a_signature_is_what_receivers_compute_who_never_heard_of_us() {
        assertThat(Signature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "1614265330",
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void each_salt_has_a_secret_of_its_own_that_is_the_same_for_all_servers() {
        Bytes salt = WebhookSecrets.salt();
        assertThat(secrets.shown(salt)).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(WebhookSecrets.of(new ServerKeyStore(TestDatabase.database()))
                        .shown(salt))
                .isEqualTo(secrets.shown(salt));
        assertThat(secrets.shown(WebhookSecrets.salt())).isNotEqualTo(secrets.shown(salt));
    }

    @Test
    void both_secrets_sign_until_the_old_one_is_over() {
        Bytes old = WebhookSecrets.salt();
        Bytes current = WebhookSecrets.salt();
        Salts salts = new Salts(current, Optional.of(old), Optional.of(NOW.plusSeconds(60)));
        String ofCurrent = Signature.of(secrets.shown(current), "id", "" + NOW.getEpochSecond(), "{}");
        String ofOld = Signature.of(secrets.shown(old), "id", "" + NOW.getEpochSecond(), "{}");
        assertThat(secrets.signatures(salts, "id", NOW, "{}")).isEqualTo(ofCurrent + " " + ofOld);
        assertThat(secrets.signatures(salts, "id", NOW.plusSeconds(60), "{}").split(" "))
                .hasSize(1);
    }
}
