// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.pki.DevelopmentFolder.Entry;
import dev.pharos.pki.DevelopmentFolder.Plan;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DevelopmentFolderTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-a%2Fb.c");
    private static final int URI_NAME = 6;

    @TempDir
    Path parent;

    private final Instant now = Instant.now();

    private DevelopmentFolder folder() {
        return new DevelopmentFolder(parent.resolve("pki"));
    }

    private static Plan plan(KeyKind kind, boolean renew) {
        return new Plan(
                CONTROLLER,
                List.of(DEVICE),
                List.of(SubjectName.host("localhost"), SubjectName.host("127.0.0.1"), SubjectName.host("::1")),
                kind,
                30,
                renew);
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    @Requirement({"R-SEC.0a", "R-SEC.10"})
    void certificates_name_their_endpoint_and_are_signed_by_the_authority(KeyKind kind) throws Exception {
        List<Entry> entries = folder().fill(plan(kind, false), now);
        assertThat(entries)
                .extracting(Entry::owner)
                .containsExactly("authority", "server", "controller", DEVICE.toString());
        X509Certificate authority = entries.getFirst().content();
        assertThat(authority.getBasicConstraints()).isZero();
        for (Entry entry : entries.subList(1, 4)) {
            entry.content().verify(authority.getPublicKey());
            assertThat(entry.content().getBasicConstraints()).isNegative();
            entry.content().checkValidity();
            assertThat(entry.content().getSubjectX500Principal().getName()).contains("development");
        }
        assertThat(entries.get(3).content().getSubjectAlternativeNames())
                .containsExactly(List.of(URI_NAME, "urn:bbf:usp:id:" + DEVICE));
        assertThat(entries.get(1).content().getSubjectAlternativeNames())
                .hasSize(4)
                .contains(List.of(URI_NAME, "urn:bbf:usp:id:self::pharos"));
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    @Requirement("R-SEC.5")
    void a_certificate_that_an_endpoint_signs_itself_names_it(KeyKind kind) throws Exception {
        List<Entry> entries = folder().selfSigned(plan(kind, false), now);

        assertThat(entries).extracting(Entry::owner).containsExactly(DEVICE.toString());
        X509Certificate own = entries.getFirst().content();
        own.verify(own.getPublicKey());
        own.checkValidity();
        assertThat(own.getIssuerX500Principal()).isEqualTo(own.getSubjectX500Principal());
        assertThat(own.getSubjectAlternativeNames()).containsExactly(List.of(URI_NAME, "urn:bbf:usp:id:" + DEVICE));
        assertThat(own.getBasicConstraints()).as("an authority").isNegative();
        assertThat(folder().selfSigned(plan(kind, false), now).getFirst().made())
                .isFalse();
    }

    @Test
    void nobody_else_may_read_what_is_written() throws IOException {
        folder().fill(plan(KeyKind.EC, false), now);
        try (Stream<Path> all = Files.walk(parent.resolve("pki"))) {
            for (Path file : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void what_is_there_stays_unless_renewal_is_asked_for_and_the_authority_always_stays() throws IOException {
        List<Entry> first = folder().fill(plan(KeyKind.EC, false), now);
        assertThat(first).allMatch(Entry::made);
        List<Entry> second = folder().fill(plan(KeyKind.EC, false), now);
        assertThat(second).noneMatch(Entry::made);
        assertThat(second)
                .extracting(Entry::content)
                .isEqualTo(first.stream().map(Entry::content).toList());
        List<Entry> renewed = folder().fill(plan(KeyKind.EC, true), now);
        assertThat(renewed).extracting(Entry::made).containsExactly(false, true, true, true);
        assertThat(renewed.get(3).content()).isNotEqualTo(first.get(3).content());
        assertThat(renewed.getFirst().content()).isEqualTo(first.getFirst().content());
    }

    @Test
    void a_revoked_certificate_is_on_the_list_and_stays_there() throws IOException {
        DevelopmentFolder folder = folder();
        X509Certificate device =
                folder.fill(plan(KeyKind.EC, false), now).get(3).content();
        assertThat(PemReader.revocationList(folder.revocationList()).isRevoked(device))
                .isFalse();
        assertThat(folder.revoke(DEVICE, now)).isEqualTo(folder.revocationList());
        assertThat(PemReader.revocationList(folder.revocationList()).isRevoked(device))
                .isTrue();
        X509Certificate renewed =
                folder.fill(plan(KeyKind.EC, true), now).get(3).content();
        assertThat(PemReader.revocationList(folder.revocationList()).isRevoked(device))
                .isTrue();
        assertThat(PemReader.revocationList(folder.revocationList()).isRevoked(renewed))
                .isFalse();
    }

    @Test
    void what_is_not_there_cannot_be_revoked() throws IOException {
        assertThatThrownBy(() -> folder().revoke(DEVICE, now)).hasMessageContaining("no authority");
        folder().fill(plan(KeyKind.EC, false), now);
        assertThatThrownBy(() -> folder().revoke(EndpointId.of("proto::stranger"), now))
                .hasMessageContaining("proto::stranger");
    }

    @Test
    void names_and_validities_that_make_no_sense_are_refused() {
        for (String wrong : List.of("", "a b", "999.1.1.1", "::zz", "-x", "*.*.com", "a".repeat(300))) {
            assertThatThrownBy(() -> SubjectName.host(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(SubjectName.host("*.example.com")).isEqualTo(new SubjectName.Host("*.example.com"));
        assertThatThrownBy(() -> new Validity(now, now.minus(1, ChronoUnit.DAYS)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(CONTROLLER, List.of(), List.of(), KeyKind.EC, 0, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
