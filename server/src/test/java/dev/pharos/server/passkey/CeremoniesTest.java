// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.server.passkey.SoftAuthenticator.Kind;
import dev.pharos.server.passkey.SoftAuthenticator.Says;
import dev.pharos.server.store.PasskeyStore.StoredPasskey;
import dev.pharos.usp.Bytes;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What browsers bring, judged, also where it is nonsense.
final class CeremoniesTest {
    private static final PasskeySite SITE = PasskeySite.of(Optional.empty(), URI.create("http://localhost:8080"));
    private static final Bytes ASKED = Bytes.ofUtf8("the question of this test is here");
    private static final Bytes HANDLE = Bytes.ofUtf8("somebody");
    private final Ceremonies ceremonies = new Ceremonies();

    private StoredPasskey stored(SoftAuthenticator authenticator, long counter) throws PasskeyRefusedException {
        Ceremonies.Made made =
                ceremonies.register(SITE, ASKED, "anna", authenticator.create(Says.create(ASKED, SITE.origin())));
        assertThat(made.credential()).isEqualTo(authenticator.credential());
        return new StoredPasskey(
                1,
                made.credential(),
                "anna",
                "phone",
                made.publicKey(),
                counter,
                List.of(),
                Instant.EPOCH,
                Optional.empty());
    }

    private void refused(SoftAuthenticator authenticator, Says says, String why) {
        assertThatThrownBy(() ->
                        ceremonies.authenticate(SITE, ASKED, stored(authenticator, 7), authenticator.get(says, HANDLE)))
                .isInstanceOf(PasskeyRefusedException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @EnumSource(names = "ES384", mode = EnumSource.Mode.EXCLUDE)
    void each_kind_of_key_is_known_again_by_what_is_kept_of_it(Kind kind) throws Exception {
        SoftAuthenticator authenticator = SoftAuthenticator.make(kind);
        StoredPasskey key = stored(authenticator, 0);
        Assertion shown = authenticator.get(Says.get(ASKED, SITE.origin(), 9), HANDLE);
        assertThat(ceremonies.authenticate(SITE, ASKED, key, shown)).isEqualTo(9);
    }

    @Test
    void a_liar_is_told_what_is_wrong() {
        SoftAuthenticator authenticator = SoftAuthenticator.make(Kind.ES256);
        Says truth = Says.get(ASKED, SITE.origin(), 8);
        refused(authenticator, truth.withChallenge(Bytes.ofUtf8("some other question")), "another question");
        refused(authenticator, truth.withOrigin("http://localhost:8081"), "another place");
        refused(authenticator, truth.withOrigin("https://localhost:8080"), "another place");
        refused(authenticator, truth.withOrigin("http://localhost.evil.example:8080"), "another place");
        refused(authenticator, truth.withRpId("evil.example"), "another place");
        refused(authenticator, truth.framed(), "another place");
        refused(authenticator, truth.withFlags(SoftAuthenticator.PRESENT), "did not look who is there");
        refused(authenticator, truth.withFlags(SoftAuthenticator.VERIFIED), "Nobody touched");
        refused(authenticator, truth.withType("webauthn.create"), "not as WebAuthn says");
        refused(authenticator, Says.get(ASKED, SITE.origin(), 7), "went back");
        refused(authenticator, Says.get(ASKED, SITE.origin(), 0), "went back");
    }

    @Test
    void a_new_passkey_must_be_made_for_this_page_by_somebody_who_is_there() {
        Says truth = Says.create(ASKED, SITE.origin());
        for (Says lie : List.of(
                truth.withChallenge(Bytes.ofUtf8("some other question")),
                truth.withOrigin("https://evil.example"),
                truth.withRpId("evil.example"),
                truth.withFlags(SoftAuthenticator.PRESENT),
                truth.withFlags(SoftAuthenticator.VERIFIED),
                truth.framed(),
                truth.withType("webauthn.get"))) {
            assertThatThrownBy(() -> ceremonies.register(
                            SITE,
                            ASKED,
                            "anna",
                            SoftAuthenticator.make(Kind.ES256).create(lie)))
                    .as(lie.toString())
                    .isInstanceOf(PasskeyRefusedException.class);
        }
        assertThatThrownBy(() -> ceremonies.register(
                        SITE, ASKED, "anna", SoftAuthenticator.make(Kind.ES384).create(truth)))
                .hasMessageContaining("ES256, EdDSA and RS256");
    }

    @Test
    void a_signature_of_another_key_is_wrong() throws Exception {
        SoftAuthenticator own = SoftAuthenticator.make(Kind.ES256);
        SoftAuthenticator other = SoftAuthenticator.make(Kind.ES256);
        StoredPasskey key = stored(own, 0);
        Assertion forged = new SoftAuthenticator(Kind.ES256, other.keys(), own.credential())
                .get(Says.get(ASKED, SITE.origin(), 1), HANDLE);
        assertThatThrownBy(() -> ceremonies.authenticate(SITE, ASKED, key, forged))
                .hasMessageContaining("signature is wrong");
    }

    /// Each beginning of it, and it with each byte changed.
    private static List<Bytes> broken(Bytes whole) {
        List<Bytes> all = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            all.add(whole.slice(0, i));
            byte[] changed = whole.toByteArray();
            changed[i] ^= (byte) 0xFF;
            all.add(Bytes.adopt(changed));
        }
        return all;
    }

    @Test
    void whatever_is_cut_off_or_changed_of_a_new_passkey_is_refused_or_none_of_our_business() {
        Attestation whole = SoftAuthenticator.make(Kind.ES256).create(Says.create(ASKED, SITE.origin()));
        int refused = 0;
        List<Bytes> all = broken(whole.attestationObject());
        for (Bytes broken : all) {
            refused += isRefused(new Attestation(whole.clientData(), broken, List.of())) ? 1 : 0;
        }
        // who made it (16 bytes), how often it signed (4) and what it is called (32) may be anything, and with another
        // point than its own (64) it will never sign
        assertThat(all.size() - refused).isEqualTo(16 + 4 + 32 + 64);
        for (Bytes broken : broken(whole.clientData())) {
            isRefused(new Attestation(broken, whole.attestationObject(), List.of()));
        }
    }

    /// Another failure than a refusal goes on to the test.
    private boolean isRefused(Attestation shown) {
        try {
            ceremonies.register(SITE, ASKED, "anna", shown);
            return false;
        } catch (PasskeyRefusedException refused) {
            assertThat(refused.person()).isEqualTo("anna");
            return true;
        }
    }

    @Test
    void whatever_is_cut_off_or_changed_of_what_is_signed_is_refused() throws Exception {
        SoftAuthenticator authenticator = SoftAuthenticator.make(Kind.ES256);
        StoredPasskey key = stored(authenticator, 0);
        Assertion whole = authenticator.get(Says.get(ASKED, SITE.origin(), 1), HANDLE);
        List<Assertion> all = new ArrayList<>();
        broken(whole.authenticatorData())
                .forEach(data -> all.add(
                        new Assertion(whole.credential(), HANDLE, whole.clientData(), data, whole.signature())));
        broken(whole.clientData())
                .forEach(data -> all.add(
                        new Assertion(whole.credential(), HANDLE, data, whole.authenticatorData(), whole.signature())));
        broken(whole.signature())
                .forEach(signature -> all.add(new Assertion(
                        whole.credential(), HANDLE, whole.clientData(), whole.authenticatorData(), signature)));
        for (Assertion each : all) {
            assertThatThrownBy(() -> ceremonies.authenticate(SITE, ASKED, key, each))
                    .isInstanceOf(PasskeyRefusedException.class);
        }
    }

    @Test
    void cbor_that_is_nested_or_announced_beyond_all_bounds_is_refused() {
        byte[] deep = new byte[20_000];
        Arrays.fill(deep, (byte) 0x81);
        Bytes clientData = SoftAuthenticator.make(Kind.ES256)
                .create(Says.create(ASKED, SITE.origin()))
                .clientData();
        assertThat(isRefused(new Attestation(clientData, Bytes.adopt(deep), List.of())))
                .isTrue();
        // a text of 2^63 - 1 bytes, of which none comes
        assertThat(isRefused(new Attestation(clientData, Bytes.ofHex("a17b7fffffffffffffff"), List.of())))
                .isTrue();
        assertThat(isRefused(new Attestation(clientData, Bytes.ofHex("a3"), List.of())))
                .isTrue();
    }
}
