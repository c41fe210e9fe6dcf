// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EndpointIdPropertyTest {

    @Property(tries = 500)
    @Requirement({"R-ARC.5", "R-ARC.6"})
    void any_instance_id_of_the_alphabet_and_length_is_carried(@ForAll("instanceIds") String instance)
            throws MalformedInputException {
        assertThat(EndpointId.parse("oui:00256D:" + instance).instanceId()).isEqualTo(instance);
    }

    @Property(tries = 2000)
    void any_text_is_an_endpoint_id_or_7104(@ForAll("almostIds") String text) {
        try {
            assertThat(EndpointId.parse(text)).hasToString(text);
        } catch (MalformedInputException malformed) {
            assertThat(malformed.code()).isEqualTo(StandardErrorCode.INVALID_RECORD_VALUE);
        }
    }

    @Provide
    Arbitrary<String> instanceIds() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-._")
                .ofMinLength(1)
                .ofMaxLength(50);
    }

    @Provide
    Arbitrary<String> almostIds() {
        return Arbitraries.of("proto", "oui", "os", "uuid", ":", "::", "00256D", "-", "a", "%41", "%", " ", "é", ".")
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }
}
