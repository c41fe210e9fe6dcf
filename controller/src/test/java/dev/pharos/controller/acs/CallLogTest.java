// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.observe.WireRecord;
import dev.pharos.controller.observe.WireRecord.Direction;
import dev.pharos.controller.observe.WireRecord.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What of calls is seen in the wire view.
class CallLogTest extends AcsStage {
    private List<WireRecord> asked() throws InterruptedException {
        Asked _ = office.askNow(ID, new Errand.SetValues(Map.of(VERSION, "3.0")), PATIENCE);
        return controller.wire().recent(Optional.of(ID), 100).stream()
                .filter(each -> each.kind() == Kind.CALLED)
                .toList();
    }

    @Test
    void each_way_that_was_tried_is_seen_with_what_came_of_it_and_without_secrets() throws Exception {
        calling.jid = Optional.of("acs@x.test");
        calling.silent = Optional.of("it is not there");
        calling.unmoved = Optional.of("nobody listens");
        device.values.put(JABBER_ID, "box@x.test/1");
        device.values.put(ALLOWED, "");
        device.values.put(UDP_ADDRESS, "127.0.0.1:40000");
        canBeCalledAt("http://127.0.0.1:4567/unguessable?token=hush");

        List<WireRecord> seen = asked();

        assertThat(seen).extracting(WireRecord::transport).containsExactly("xmpp", "http", "udp");
        assertThat(seen).extracting(WireRecord::direction).containsOnly(Direction.OUT);
        assertThat(seen)
                .extracting(WireRecord::address)
                .containsExactly("box@x.test/1", "127.0.0.1:4567", "127.0.0.1:40000");
        assertThat(seen)
                .extracting(WireRecord::refused)
                .containsExactly(Optional.of("it is not there"), Optional.of("nobody listens"), Optional.empty());
        assertThat(seen)
                .extracting(WireRecord::summary)
                .containsExactly(
                        "called by connectionRequest, with the login us",
                        "called by GET, with the login us",
                        "called by GET in a datagram, signed with the login us, which is never answered");
        assertThat(seen.toString()).doesNotContain("our word", "unguessable", "hush");
    }

    @Test
    void a_call_over_xmpp_that_was_taken_is_seen_as_that_and_no_other_was_made() throws Exception {
        calling.jid = Optional.of("acs@x.test");
        device.values.put(JABBER_ID, "box@x.test/1");
        device.values.put(ALLOWED, "");
        canBeCalledAt("http://127.0.0.1:4567/x");

        assertThat(asked())
                .singleElement()
                .returns("called by connectionRequest, with the login us: it comes", WireRecord::summary)
                .returns(Optional.empty(), WireRecord::refused);
    }

    @Test
    void a_device_that_must_not_be_called_there_is_not() throws Exception {
        canBeCalledAt("http://192.0.2.9:4567/x");
        assertThat(asked()).isEmpty();
    }
}
