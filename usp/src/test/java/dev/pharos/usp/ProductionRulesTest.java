// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionRulesTest {
    @ParameterizedTest
    @CsvSource({
        "oui:00256D:x, Broadband Forum",
        "oui:00256d:x, Broadband Forum",
        "os::00256D-1, Broadband Forum",
        "os::00256d-1, Broadband Forum",
        "ops::00256D-HGW-1, Broadband Forum",
        "pen:3561:x, Broadband Forum"
    })
    @Requirement("R-ARC.3")
    void what_is_the_forums_own_is_objected_to(String id, String reason) {
        assertThat(ProductionRules.objection(EndpointId.of(id)).orElseThrow())
                .contains(reason)
                .contains("os::<OUI>-<serial>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proto::x", "doc::x", "proto:lab:x"})
    @Requirement("R-ARC.4")
    void what_is_for_prototypes_and_documentation_is_objected_to(String id) {
        assertThat(ProductionRules.objection(EndpointId.of(id)).orElseThrow()).contains("not for production");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gadget::x", "OS::0200F0-1"})
    void a_scheme_that_is_not_listed_is_objected_to(String id) {
        assertThat(ProductionRules.objection(EndpointId.of(id)).orElseThrow()).contains("does not list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oui:0200F0:x",
                "os::0200F0-00256D-1",
                "ops::0200F0-HGW-1",
                "pen:35610:x",
                "self::00256D-1",
                "user:3561:x",
                "uuid::f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
            })
    void nothing_speaks_against_others(String id) {
        assertThat(ProductionRules.objection(EndpointId.of(id))).isEmpty();
    }
}
