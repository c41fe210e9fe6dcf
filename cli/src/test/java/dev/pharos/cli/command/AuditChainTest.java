// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.rest.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AuditChainTest {
    private static final String FIRST = "5c85dc6d6e7dfd503e0b579a6ccfeecf8b6baa0ac22cab13692c2d77b0824a3a";
    private static final String SECOND = "a43889bd7805b10fa5b0da7e1c05c2778a4166d7800dae008ed20af00ac88a17";

    private static ObjectNode first() {
        return Json.object()
                .put("seq", 1)
                .put("time", "2026-01-31T01:02:03.456789Z")
                .put("user", "anna")
                .put("action", "set")
                .put("device", "os::0200F0-1")
                .put("detail", "Device.WiFi.SSID.1.SSID")
                .put("hash", FIRST);
    }

    private static ObjectNode second() {
        return Json.object()
                .put("seq", 3)
                .put("time", "2026-01-31T01:02:04Z")
                .put("user", "bért")
                .put("action", "remove token")
                .putNull("device")
                .put("detail", "t-1")
                .put("hash", SECOND);
    }

    private static AuditChain of(Optional<AuditChain.Head> kept, ObjectNode... entries) {
        AuditChain chain = new AuditChain(kept);
        for (ObjectNode entry : entries) {
            chain.add(entry);
        }
        return chain;
    }

    /// The same values are in the server's test and were computed by neither.
    @Test
    void a_log_as_it_was_written_is_intact_and_ends_with_its_head() {
        AuditChain chain = of(Optional.of(new AuditChain.Head(1, FIRST)), first(), second());
        assertThat(chain.verdict()).isEmpty();
        assertThat(chain.entries()).isEqualTo(2);
        assertThat(chain.head()).isEqualTo("3:" + SECOND);
    }

    @Test
    void a_field_that_was_changed_is_found() {
        for (String field : new String[] {"user", "action", "device", "detail"}) {
            assertThat(of(Optional.empty(), first().put(field, "other"), second())
                            .verdict())
                    .as(field)
                    .hasValueSatisfying(why -> assertThat(why).contains("entry 1 ", "not as it was written"));
        }
        assertThat(of(Optional.empty(), first(), second().put("time", "2026-01-31T01:02:05Z"))
                        .verdict())
                .hasValueSatisfying(why -> assertThat(why).contains("entry 3 "));
    }

    @Test
    void an_entry_that_was_taken_out_is_found() {
        assertThat(of(Optional.empty(), second()).verdict())
                .hasValueSatisfying(why -> assertThat(why).contains("before it is gone"));
    }

    @Test
    void a_log_that_was_cut_at_its_end_or_written_anew_does_not_hold_the_head_that_was_kept() {
        assertThat(of(Optional.of(new AuditChain.Head(3, SECOND)), first()).verdict())
                .contains("entry 3, which was kept, is not there any more");
        assertThat(of(Optional.of(new AuditChain.Head(1, SECOND)), first()).verdict())
                .hasValueSatisfying(why -> assertThat(why).contains("written anew"));
    }

    @Test
    void nonsense_is_no_log() {
        assertThat(of(Optional.empty(), first().put("time", "yesterday")).verdict())
                .contains("entry 1 has no time that can be read");
        assertThat(of(Optional.empty(), first(), first()).verdict()).contains("entry 1 comes after entry 1");
        assertThat(of(Optional.empty()).verdict()).isEmpty();
    }
}
