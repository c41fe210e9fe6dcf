// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.Validity;
import dev.pharos.usp.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ModuleSignersTest {
    private static final byte[] ARCHIVE = "an archive".getBytes(StandardCharsets.UTF_8);

    private final Validity always = Validity.days(Instant.now(), 10);

    static Bytes signature(PrivateKey key, byte[] bytes) throws GeneralSecurityException {
        Signature signing =
                Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signing.initSign(key);
        signing.update(bytes);
        return Bytes.adopt(signing.sign());
    }

    private static Optional<String> signer(ModuleSigners signers, byte[] bytes, Bytes signature) throws IOException {
        return signers.signer(new ByteArrayInputStream(bytes), signature);
    }

    @ParameterizedTest
    @EnumSource
    void a_signature_by_one_of_them_counts_and_says_whose_it_is(KeyKind kind) throws Exception {
        Authority maker = Authority.create("Maker", kind, always);
        Authority other = Authority.create("Other", KeyKind.EC, always);
        ModuleSigners both = new ModuleSigners(List.of(other.certificate(), maker.certificate()));
        Bytes signature = signature(maker.key(), ARCHIVE);
        assertThat(signer(both, ARCHIVE, signature))
                .hasValueSatisfying(name -> assertThat(name).contains("CN=Maker"));
        assertThat(signer(new ModuleSigners(List.of(other.certificate())), ARCHIVE, signature))
                .as("nobody's here")
                .isEmpty();
        byte[] changed = ARCHIVE.clone();
        changed[0] ^= 1;
        assertThat(signer(both, changed, signature)).as("of something else").isEmpty();
        assertThat(signer(both, ARCHIVE, Bytes.adopt(new byte[] {1, 2, 3})))
                .as("no signature")
                .isEmpty();
    }

    @Test
    void short_keys_and_those_of_other_kinds_cannot_be() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        X509Certificate certificate = Authority.create("Maker", KeyKind.EC, always)
                .certify(
                        generator.generateKeyPair().getPublic(),
                        new CertificateOrder("Curve", List.of(), Set.of(CertificateOrder.Use.CLIENT), always));
        assertThatThrownBy(() -> new ModuleSigners(List.of(certificate)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither RSA nor EC");
    }
}
