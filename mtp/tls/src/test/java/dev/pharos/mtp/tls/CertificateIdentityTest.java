// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateIdentityTest {
    @TempDir
    Path folder;

    private CertificateIdentity of(SubjectName... names) throws IOException {
        return CertificateIdentity.of(new TestAuthority(folder).issue(names).certificate());
    }

    private CertificateIdentity endpoint(String id) throws IOException {
        return of(new SubjectName.Endpoint(id));
    }

    @Test
    @Requirement({"R-SEC.0a", "R-SEC.10", "R-SEC.10a"})
    void a_urn_names_exactly_one_endpoint() throws IOException {
        CertificateIdentity identity = endpoint("os::00256D-1");
        assertThat(identity.only()).contains(EndpointId.of("os::00256D-1"));
        assertThat(identity.proves(EndpointId.of("os::00256D-1"))).isTrue();
        assertThat(identity.proves(EndpointId.of("os::00256D-12"))).isFalse();
        assertThat(identity.contradicts(EndpointId.of("os::00256D-12"))).isTrue();
        assertThat(identity).hasToString("os::00256D-1");
    }

    @Test
    @Requirement({"R-ARC.4a", "R-SEC.0a"})
    void a_host_name_names_the_endpoint_of_the_fqdn_scheme_and_no_other() throws IOException {
        CertificateIdentity identity = of(SubjectName.host("Acs.Example.com"));
        assertThat(identity.proves(EndpointId.of("fqdn::acs.example.com"))).isTrue();
        assertThat(identity.proves(EndpointId.of("fqdn::other.example.com"))).isFalse();
        assertThat(identity.contradicts(EndpointId.of("fqdn::other.example.com")))
                .isTrue();
        assertThat(identity.proves(EndpointId.of("self::acs.example.com"))).isFalse();
        assertThat(identity.contradicts(EndpointId.of("self::acs.example.com"))).isFalse();
        assertThat(identity.only()).isEmpty();
    }

    @Test
    void an_address_or_no_name_proves_nobody() throws IOException {
        assertThat(of(SubjectName.host("127.0.0.1"))).hasToString("nobody");
        assertThat(of()).hasToString("nobody");
    }

    @Test
    void the_common_name_of_the_subject_is_said_and_proves_no_endpoint() throws IOException {
        CertificateIdentity identity = of();
        assertThat(identity.commonName()).startsWith("peer ");
        assertThat(identity.owner()).isEqualTo(identity.commonName());
        assertThat(identity.namesEndpoints()).isFalse();
        assertThat(endpoint("os::00256D-1").owner()).isEqualTo("os::00256D-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os::00256D-*",
                "os::00256D-ab*",
                "ops::00256D-box-*",
                "oui:00256D:*",
                "cid:3AA3F8:x*",
                "pen:3561:*"
            })
    @Requirement({"R-SEC.11", "R-SEC.12"})
    void agents_may_share_a_certificate_whose_instance_id_ends_open(String shared) throws IOException {
        CertificateIdentity identity = endpoint(shared);
        String inside = shared.replace("*", "7");
        assertThat(identity.proves(EndpointId.of(inside))).isTrue();
        assertThat(identity.only()).isEmpty();
        assertThat(identity.contradicts(EndpointId.of("os::0200F0-7"))).isTrue();
        assertThat(identity.contradicts(EndpointId.of("self::" + inside.substring(inside.lastIndexOf(':') + 1))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self::*",
                "proto::x*",
                "user::*",
                "uuid::*",
                "os::*",
                "os::00256*",
                "ops::*",
                "oui:*:1",
                "oui::*",
                "os::00256D-*x"
            })
    @Requirement("R-SEC.12")
    void other_open_ends_stand_for_nobody(String open) throws IOException {
        CertificateIdentity identity = endpoint(open);
        assertThat(identity).hasToString("nobody");
        assertThat(identity.proves(EndpointId.of("os::00256D-1"))).isFalse();
        assertThat(identity.proves(EndpointId.of("self::1"))).isFalse();
    }
}
