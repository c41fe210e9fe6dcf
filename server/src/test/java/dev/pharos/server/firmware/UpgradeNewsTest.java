// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What another server finds out of an upgrade that it did not begin.
final class UpgradeNewsTest {
    private static final EndpointId DEVICE = EndpointId.of("proto::x");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final EventStore events = InMemoryStores.create().events();
    private final UpgradeNews news = new UpgradeNews(events, DEVICE, event -> UpgradeNews.overUsp(event, "key"), "key");
    private int minutes;

    private void happens(EventKind kind, String name, String value, Map<String, String> args) {
        minutes++;
        events.append(List.of(new NewEvent(
                new DeviceEvent(
                        BEGIN.plusSeconds(60L * minutes),
                        Optional.of(DEVICE),
                        kind,
                        "Device.X.",
                        name,
                        value,
                        args,
                        "",
                        ""),
                "")));
    }

    private void ends(String key, String value) {
        happens(EventKind.OPERATION_COMPLETE, "Download()", value, Map.of("commandKey", key));
    }

    private void boots() {
        happens(EventKind.EVENT, "Boot!", "", Map.of());
    }

    @Test
    void only_the_end_of_this_command_and_a_start_after_it_count() {
        boots();
        ends("another", "success");
        news.read();
        assertThat(news.ended()).isEmpty();
        assertThat(news.booted()).isEmpty();
        ends("key", "success");
        news.read();
        assertThat(news.ended().orElseThrow().fault()).isEmpty();
        assertThat(news.booted()).isEmpty();
        boots();
        news.read();
        assertThat(news.booted()).contains(BEGIN.plusSeconds(240));
    }

    @Test
    void what_happened_before_the_first_look_is_read_back_however_much_came_after_it() {
        ends("key", "7022 Command failure");
        boots();
        for (int i = 0; i < 3 * Limits.EVENTS; i++) {
            happens(EventKind.VALUE_CHANGE, "", "1", Map.of());
        }
        news.read();
        assertThat(news.ended().orElseThrow().fault()).isEqualTo("7022 Command failure");
        assertThat(news.ended().orElseThrow().image()).isEqualTo("Device.X.");
        assertThat(news.booted()).contains(BEGIN.plusSeconds(120));
    }

    @Test
    void a_device_of_tr_069_was_told_until_it_is_said_that_it_was_not() {
        happens(EventKind.JOB, "", "", Map.of(UpgradeNews.KEY, "another", UpgradeNews.TOLD, "true"));
        news.read();
        assertThat(news.begun()).isFalse();
        happens(EventKind.JOB, "", "", Map.of(UpgradeNews.KEY, "key", UpgradeNews.TOLD, "true"));
        news.read();
        assertThat(news.begun()).isTrue();
        happens(EventKind.JOB, "", "", Map.of(UpgradeNews.KEY, "key", UpgradeNews.TOLD, "false"));
        news.read();
        assertThat(news.begun()).isFalse();
    }

    @Test
    void a_transfer_of_tr_069_ends_well_or_with_its_fault() {
        UpgradeNews transfer = new UpgradeNews(events, DEVICE, event -> UpgradeNews.overTr069(event, "key"), "key");
        happens(EventKind.EVENT, "TransferComplete!", "", Map.of("CommandKey", "another", "FaultCode", "0"));
        ends("key", "success");
        transfer.read();
        assertThat(transfer.ended()).isEmpty();
        happens(EventKind.EVENT, "TransferComplete!", "", Map.of("CommandKey", "key", "FaultCode", "0"));
        transfer.read();
        assertThat(transfer.ended().orElseThrow().fault()).isEmpty();
        happens(
                EventKind.EVENT,
                "TransferComplete!",
                "",
                Map.of("CommandKey", "key", "FaultCode", "9010", "FaultString", "no room"));
        transfer.read();
        assertThat(transfer.ended().orElseThrow().fault()).isEqualTo("9010 File transfer failure: no room");
    }

    @Test
    void a_burst_between_two_looks_is_read_to_its_end() {
        news.read();
        for (int i = 0; i < 2 * Limits.EVENTS; i++) {
            happens(EventKind.VALUE_CHANGE, "", "1", Map.of());
        }
        ends("key", "success");
        news.read();
        assertThat(news.ended()).isPresent();
    }
}
