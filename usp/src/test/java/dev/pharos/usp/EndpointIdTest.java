// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.requirements.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointIdTest {

    @ParameterizedTest
    @Requirement("R-ARC.2a")
    @ValueSource(
            strings = {
                "oui:00256D:my-unique-bbf-id-42",
                "oui:00256D1:seven-digits",
                "oui:00256D123:nine.digits",
                "cid:3AA3F8:my-unique-usp-id-42",
                "pen:3561:my-unique-bbf-id-42",
                "self::my-Agent",
                "self:a.b_~c:my-Agent",
                "user::my-Agent",
                "os::00256D-0123456789",
                "ops::00256D-STB-0123456789",
                "ops::00256D-STB%2D4-0123-456789",
                "uuid::f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                "imei::990000862471854",
                "proto::my-Agent",
                "proto:abc-1:my-Agent",
                "proto::demo-gateway-1",
                "doc::my-Agent",
                "doc:a.b:my-Agent",
                "fqdn::www.example.org",
                "vendor-x::thing",
                "vendor-x:an.authority:thing"
            })
    void an_endpoint_id_of_the_rules_is_read_and_written_as_it_was(String text) {
        assertThat(EndpointId.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @Requirement("R-ARC.2a")
    @CsvSource({
        "oui::x,                       6 7 or 9 hexadecimal",
        "oui:00256:x,                  6 7 or 9 hexadecimal",
        "oui:00256D12:x,               6 7 or 9 hexadecimal",
        "oui:00256G:x,                 6 7 or 9 hexadecimal",
        "cid:3AA3F81:x,                6 hexadecimal",
        "pen::x,                       Private Enterprise Number",
        "pen:12a:x,                    Private Enterprise Number",
        "pen:99999999999:x,            Private Enterprise Number",
        "self:1234567:x,               at most 6",
        "user:a+b:x,                   authority-id may hold",
        "doc:1234567:x,                at most 6",
        "proto:a.b:x,                  must not hold '.'",
        "os:x:00256D-1,                must be empty",
        "os::00256-1,                  <OUI>-<SerialNumber>",
        "os::00256D-,                  <OUI>-<SerialNumber>",
        "ops::00256D-1,                <OUI>-<ProductClass>-<SerialNumber>",
        "uuid::f81d4fae,               RFC 4122",
        "uuid:x:f81d4fae-7dec-11d0-a765-00a0c91e6bf6, must be empty",
        "imei::9900008624718,          15 digits",
        "fqdn::*.example.org,          allowed are letters",
        "fqdn::-a.example.org,         fully qualified",
        "fqdn::example,                fully qualified"
    })
    void what_breaks_the_rules_of_its_scheme_is_refused_with_the_rule(String text, String rule) {
        assertThat(refusal(text).detail().replace(",", "")).contains(text).contains(rule);
    }

    @ParameterizedTest
    @Requirement("R-ARC.5")
    @ValueSource(strings = {"proto::a b", "proto::a:b", "proto::a/b", "proto::%4", "proto::%G0", "proto::ä", "proto::"})
    void an_instance_id_beyond_its_alphabet_is_refused(String text) {
        assertThat(refusal(text).code()).isEqualTo(StandardErrorCode.INVALID_RECORD_VALUE);
    }

    @Test
    @Requirement("R-ARC.5")
    void an_instance_id_may_hold_escapes() {
        assertThat(EndpointId.of("proto::a%2Fb").instanceId()).isEqualTo("a%2Fb");
    }

    @Test
    @Requirement("R-ARC.6")
    void an_instance_id_has_at_most_50_characters() {
        assertThat(EndpointId.of("proto::" + "x".repeat(50)).instanceId()).hasSize(50);
        assertThat(refusal("proto::" + "x".repeat(51)).detail()).contains("at most 50");
        assertThat(refusal("other::" + "x".repeat(51)).detail()).contains("at most 50");
        assertThat(refusal("x".repeat(10_000)).detail()).contains("10000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "agent", "proto:agent", "::agent", ":", "::"})
    void what_has_no_two_colons_or_no_scheme_is_refused(String text) {
        assertThat(refusal(text).code()).isEqualTo(StandardErrorCode.INVALID_RECORD_VALUE);
    }

    @Test
    void an_unlisted_scheme_is_carried_and_known_as_such() {
        assertThat(EndpointId.of("vendor-x::thing").authorityScheme()).isEmpty();
        assertThat(EndpointId.of("proto::thing").authorityScheme()).contains(AuthorityScheme.PROTO);
        assertThat(EndpointId.of("PROTO::thing").authorityScheme()).isEmpty();
    }

    @Test
    void a_constant_that_is_wrong_is_a_defect() {
        assertThatThrownBy(() -> EndpointId.of("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    private static MalformedInputException refusal(String text) {
        return catchThrowableOfType(MalformedInputException.class, () -> EndpointId.parse(text));
    }
}
