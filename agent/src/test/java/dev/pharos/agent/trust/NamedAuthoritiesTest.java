// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedAuthoritiesTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Validity YEAR = new Validity(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(365)));

    private final Authority authority = Authority.create("of operators", KeyKind.EC, YEAR);
    private final X509Certificate leaf = signedBy(authority);

    private static X509Certificate signedBy(Authority by) {
        return by.issue(
                        new CertificateOrder(
                                "server", List.of(SubjectName.host("acs.example")), Set.of(Use.SERVER), YEAR),
                        KeyKind.EC)
                .certificate();
    }

    private static boolean vouches(X509Certificate named, Instant at, X509Certificate... chain) {
        return new NamedAuthorities(List.of(named)).vouchFor(List.of(chain), at);
    }

    @Test
    @Requirement("R-MTP.4")
    void an_authority_vouches_for_whom_it_has_signed_whether_it_is_shown_or_not() {
        assertThat(vouches(authority.certificate(), NOW, leaf)).isTrue();
        assertThat(vouches(authority.certificate(), NOW, leaf, authority.certificate()))
                .isTrue();
        assertThat(vouches(authority.certificate(), NOW, authority.certificate()))
                .isTrue();
        assertThat(new NamedAuthorities(List.of()).vouchFor(List.of(leaf), NOW)).isFalse();
    }

    @Test
    @Requirement("R-MTP.4")
    void another_of_the_same_name_does_not_nor_one_that_somebody_merely_shows() {
        Authority namesake = Authority.create("of operators", KeyKind.EC, YEAR);
        assertThat(vouches(namesake.certificate(), NOW, leaf)).isFalse();
        assertThat(vouches(namesake.certificate(), NOW, leaf, namesake.certificate()))
                .isFalse();
        assertThat(vouches(authority.certificate(), NOW, signedBy(namesake), namesake.certificate(), leaf))
                .isFalse();
    }

    @Test
    void one_that_is_no_authority_vouches_for_itself_alone() {
        assertThat(vouches(leaf, NOW, leaf)).isTrue();
        assertThat(vouches(leaf, NOW, signedBy(authority))).isFalse();
    }

    @Test
    @Requirement("R-SEC.19")
    void what_is_out_of_date_counts_for_nothing() {
        assertThat(vouches(authority.certificate(), NOW.plus(Duration.ofDays(366)), leaf))
                .isFalse();
        assertThat(vouches(authority.certificate(), NOW.minus(Duration.ofDays(2)), leaf))
                .isFalse();
    }
}
