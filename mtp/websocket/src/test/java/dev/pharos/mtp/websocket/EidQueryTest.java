// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EidQueryTest {
    private static final EndpointId BANG = EndpointId.of("proto::agent%21");

    @Test
    @Requirement("R-WS.10c")
    void a_percent_sign_of_the_id_is_encoded_once_and_decoded_once() throws MalformedInputException {
        String target = EidQuery.target("/usp", null, BANG);
        assertThat(target).isEqualTo("/usp?eid=proto::agent%2521");
        assertThat(EidQuery.read(target)).contains(BANG);
    }

    @Test
    @Requirement("R-WS.10b")
    void the_pair_joins_the_pairs_that_are_there() throws MalformedInputException {
        String target = EidQuery.target("/a/b", "site=7&x=eid", BANG);
        assertThat(target).isEqualTo("/a/b?site=7&x=eid&eid=proto::agent%2521");
        assertThat(EidQuery.read(target)).contains(BANG);
        assertThat(EidQuery.path(target)).isEqualTo("/a/b");
        assertThat(EidQuery.target(null, "", BANG)).startsWith("/?eid=");
    }

    @Test
    void colons_may_come_encoded_as_some_agents_send_them() throws MalformedInputException {
        assertThat(EidQuery.read("/usp?eid=proto%3A%3Aobuspa-wsc")).contains(EndpointId.of("proto::obuspa-wsc"));
    }

    @Test
    void no_pair_is_no_error_and_a_bad_one_is() throws MalformedInputException {
        assertThat(EidQuery.read("/usp")).isEmpty();
        assertThat(EidQuery.read("/usp?")).isEmpty();
        assertThat(EidQuery.read("/usp?xeid=a&eidx=b&eid")).isEmpty();
        for (String bad : List.of("", "a", "%", "%2", "%gg", "%ff", "proto::a&eid=proto::a", "proto::\u00e9")) {
            assertThatThrownBy(() -> EidQuery.read("/usp?eid=" + bad))
                    .as(bad)
                    .isInstanceOf(MalformedInputException.class);
        }
    }

    @Property
    void any_text_survives_encoding_and_decoding(@ForAll String text) throws MalformedInputException {
        boolean lonelySurrogate = text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
        if (!lonelySurrogate) {
            String encoded = EidQuery.encode(text);
            assertThat(encoded).doesNotContain("&", " ", "#", "+");
            assertThat(EidQuery.decode(encoded)).isEqualTo(text);
        }
    }

    @Property
    void any_request_target_is_read_or_refused_without_a_fault(@ForAll String text) {
        try {
            EidQuery.read("/usp?eid=" + text);
            EidQuery.read(text);
        } catch (MalformedInputException refused) {
            assertThat(refused.detail()).isNotEmpty();
        }
    }

    @Test
    @Requirement({"R-WS.10a", "R-WS.11c"})
    void the_old_extension_is_found_among_others_in_all_its_forms() {
        EndpointId id = EndpointId.of("proto::a");
        assertThat(EidExtension.read(List.of("bbf-usp-protocol; eid=\"proto::a\""))
                        .endpointId())
                .contains(id);
        assertThat(EidExtension.read(List.of("x; eid=\"proto::b\", BBF-USP-Protocol;eid=proto::a"))
                        .endpointId())
                .contains(id);
        assertThat(EidExtension.read(List.of("x", "bbf-usp-protocol")))
                .isEqualTo(new EidExtension(true, Optional.empty()));
        assertThat(EidExtension.read(List.of("bbf-usp-protocol; eid=\"nonsense\""))
                        .offered())
                .isTrue();
        assertThat(EidExtension.read(List.of("permessage-deflate")).offered()).isFalse();
        assertThat(EidExtension.read(List.of()).offered()).isFalse();
    }

    @Property
    void any_extension_header_is_read_without_a_fault(@ForAll String text) {
        EidExtension.read(List.of("bbf-usp-protocol; eid=" + text, text));
    }
}
