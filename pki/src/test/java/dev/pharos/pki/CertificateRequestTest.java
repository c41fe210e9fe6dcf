// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateRequestTest {
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-a%2Fb.c");

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    @Requirement("R-SEC.0a")
    void what_a_device_asks_for_is_read_and_certified_as_it_was_asked(KeyKind kind) throws Exception {
        KeyPair keys = kind.generate();
        CertificateRequest made = CertificateRequest.of(DEVICE, keys);
        CertificateRequest read = CertificateRequest.parse(made.encoded().toByteArray());
        assertThat(read).isEqualTo(made);
        assertThat(read.endpoint()).isEqualTo(DEVICE);
        assertThat(read.key()).isEqualTo(keys.getPublic());
    }

    private static byte[] asking(KeyPair keys, KeyPair signing, String signature, GeneralName... names)
            throws Exception {
        ExtensionsGenerator wanted = new ExtensionsGenerator();
        wanted.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), keys.getPublic())
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wanted.generate())
                .build(new JcaContentSignerBuilder(signature).build(signing.getPrivate()))
                .getEncoded();
    }

    private static void refused(byte[] request, String why) {
        assertThatThrownBy(() -> CertificateRequest.parse(request))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_request_for_nobody_for_two_by_another_key_or_for_a_weak_one_is_refused() throws Exception {
        KeyPair keys = KeyKind.EC.generate();
        String ec = "SHA256withECDSA";
        GeneralName named = SubjectName.of(DEVICE).encoded();
        refused(asking(keys, keys, ec, SubjectName.host("host.example").encoded()), "must name one Endpoint");
        refused(
                asking(
                        keys,
                        keys,
                        ec,
                        named,
                        SubjectName.of(EndpointId.of("os::00256D-2")).encoded()),
                "one Endpoint");
        refused(asking(keys, KeyKind.EC.generate(), ec, named), "not signed with the key");
        refused(asking(keys, keys, ec, new SubjectName.Endpoint("os::00256D-*").encoded()), "instance");
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);
        KeyPair short1024 = weak.generateKeyPair();
        refused(asking(short1024, short1024, "SHA256withRSA", named), "its key must be");
        assertThat(CertificateRequest.parse(asking(keys, keys, ec, named)).endpoint())
                .isEqualTo(DEVICE);
    }

    @Test
    void no_byte_that_is_changed_breaks_the_reader_or_is_believed() {
        byte[] good =
                CertificateRequest.of(DEVICE, KeyKind.EC.generate()).encoded().toByteArray();
        Random random = new Random(20261126);
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= (byte) (1 + random.nextInt(255));
            assertThatThrownBy(() -> CertificateRequest.parse(changed))
                    .as("byte " + at)
                    .isInstanceOf(MalformedInputException.class);
        }
        byte[] garbage = new byte[300];
        for (int i = 0; i < 300; i++) {
            random.nextBytes(garbage);
            refused(garbage, "");
        }
        refused(new byte[0], "");
    }

    @Test
    void a_bundle_is_read_by_every_java() throws Exception {
        Authority authority = Authority.create("one", KeyKind.EC, Validity.days(Instant.now(), 1));
        Authority other = Authority.create("other", KeyKind.EC, Validity.days(Instant.now(), 1));
        List<X509Certificate> both = List.of(authority.certificate(), other.certificate());
        assertThat(List.copyOf(CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(CertificateBundle.of(both)))))
                .isEqualTo(both);
    }
}
