// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.observe.WireRecord.Direction;
import dev.pharos.controller.observe.WireRecord.Kind;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.store.StoreException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WireLogTest {
    private static final EndpointId OWN = EndpointId.of("self::pharos");
    private static final EndpointId DEVICE = EndpointId.of("self::device");
    private static final WirePlace HERE = new WirePlace("websocket", "192.0.2.1:50001");

    private final Observers observers = new Observers();
    private final WireLog log = new WireLog(observers, Clock.systemUTC(), device -> Optional.empty());

    private static UspMessage message(String id, Body body) {
        return new UspMessage(new MessageId(id), body);
    }

    private void in(EndpointId device, UspMessage message) {
        Bytes payload = MessageCodec.encode(message);
        UspRecord record = UspRecord.plain(OWN, device, new RecordType.NoSessionContext(payload));
        log.passed(Direction.IN, HERE, payload.size(), record, Optional.of(message));
    }

    private void out(EndpointId device, UspMessage message) {
        Bytes payload = MessageCodec.encode(message);
        UspRecord record = UspRecord.plain(device, OWN, new RecordType.NoSessionContext(payload));
        log.passed(Direction.OUT, HERE, payload.size(), record, Optional.of(message));
    }

    private static UspMessage change(int value) {
        return message(
                "n" + value, new NotifyRequest("s", true, new Notification.ValueChange("Device.X.Count", "c" + value)));
    }

    private List<WireRecord> recent(EndpointId device) {
        return log.recent(Optional.of(device), 1_000);
    }

    @Test
    void the_last_of_each_device_is_kept_in_order() {
        for (int i = 0; i < Limits.WIRE_KEPT_PER_DEVICE + 10; i++) {
            in(DEVICE, change(i));
            in(EndpointId.of("self::other"), change(i));
        }
        List<WireRecord> kept = recent(DEVICE);
        assertThat(kept)
                .hasSize(Limits.WIRE_KEPT_PER_DEVICE)
                .isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
        assertThat(kept).allMatch(record -> record.device().equals(Optional.of(DEVICE)));
        assertThat(kept.getLast().text()).contains("c" + (Limits.WIRE_KEPT_PER_DEVICE + 9));
        assertThat(kept.getLast().summary()).isEqualTo("Notify ValueChange Device.X.Count");
        assertThat(log.recent(Optional.empty(), 7)).hasSize(7);
    }

    @Test
    void a_fleet_takes_no_more_memory_than_was_set_aside() {
        UspMessage large = message("m", new GetRequest(List.of("Device." + "X".repeat(1_000)), 0));
        for (int i = 0; i < 20_000; i++) {
            in(EndpointId.of("self::device-" + i), large);
        }
        assertThat(log.weight()).isPositive().isLessThanOrEqualTo(Limits.WIRE_KEPT_BYTES);
        assertThat(recent(EndpointId.of("self::device-0"))).isEmpty();
        assertThat(recent(EndpointId.of("self::device-19999"))).hasSize(1);
        log.forget(EndpointId.of("self::device-19999"));
        assertThat(recent(EndpointId.of("self::device-19999"))).isEmpty();
    }

    @Test
    void a_record_too_large_to_be_kept_is_still_named() {
        in(DEVICE, message("m", new GetRequest(List.of("Device." + "X".repeat(Limits.WIRE_KEPT_RECORD_BYTES)), 0)));
        WireRecord kept = recent(DEVICE).getFirst();
        assertThat(kept.message()).isEqualTo("Get");
        assertThat(kept.messageId()).isEqualTo("m");
        assertThat(kept.text()).isEmpty();
        assertThat(kept.note()).contains("too large");
    }

    @Test
    void strangers_that_use_the_name_of_a_device_push_nothing_of_its_own_out() {
        in(DEVICE, change(1));
        for (int i = 0; i < 3 * Limits.WIRE_KEPT_REFUSALS; i++) {
            log.refusedAtTheDoor(HERE, Optional.of(DEVICE), "wrong password");
            log.opened(HERE, Optional.of(DEVICE));
            log.unreadable(Optional.of(DEVICE), false, HERE, Bytes.ofUtf8("GET / HTTP/1.1"), "not a Record");
        }
        List<WireRecord> all = recent(DEVICE);
        assertThat(all).anyMatch(record -> record.text().contains("c1"));
        assertThat(all).hasSizeLessThanOrEqualTo(1 + Limits.WIRE_KEPT_REFUSALS + Limits.WIRE_KEPT_OPENINGS);
        assertThat(all)
                .anyMatch(record -> record.kind() == Kind.REFUSED
                        && record.summary().equals("wrong password")
                        && record.refused().equals(Optional.of("wrong password")));
    }

    @Test
    void a_crowd_is_one_line_and_one_peer_with_all_of_it_counted() {
        WirePlace crowd = new WirePlace("mqtt", "many addresses");
        log.crowd(crowd, 9_000, "asked to come again later");
        log.crowd(crowd, 1, "asked to come again later");
        assertThat(log.refusedPeers())
                .singleElement()
                .satisfies(peer -> assertThat(peer.count()).isEqualTo(9_001))
                .satisfies(peer -> assertThat(peer.reason()).isEqualTo("asked to come again later"));
        assertThat(log.recent(Optional.empty(), 10))
                .extracting(WireRecord::refused)
                .containsExactly(
                        Optional.of("9000 connections were asked to come again later"),
                        Optional.of("1 connection was asked to come again later"));
    }

    @Test
    void peers_that_were_refused_are_counted_once_each_the_last_first() {
        for (int i = 0; i < 3; i++) {
            log.count(new WirePlace("mqtt", "192.0.2.7:" + (40_000 + i)), Optional.empty(), "wrong password");
        }
        log.count(new WirePlace("mqtt", "192.0.2.7:1"), Optional.of(DEVICE), "its id is not known");
        log.count(new WirePlace("mqtt", "[2001:db8::1]:5"), Optional.empty(), "no CONNECT packet");
        List<RefusedPeer> peers = log.refusedPeers();
        assertThat(peers).extracting(RefusedPeer::count).containsExactly(1L, 1L, 3L);
        assertThat(peers.getLast().place().address()).isEqualTo("192.0.2.7:40002");
        for (int i = 0; i < 2 * Limits.REFUSED_PEERS; i++) {
            log.count(HERE, Optional.of(EndpointId.of("self::guess-" + i)), "not known");
        }
        assertThat(log.refusedPeers()).hasSize(Limits.REFUSED_PEERS);
        log.forget(EndpointId.of("self::guess-2047"));
        assertThat(log.refusedPeers()).hasSize(Limits.REFUSED_PEERS - 1);
    }

    @Test
    void what_was_written_is_hidden_wherever_the_device_repeats_it() {
        ParameterSetting passphrase = new ParameterSetting("KeyPassphrase", "hunter22", true);
        out(
                DEVICE,
                message(
                        "m1",
                        new SetRequest(false, List.of(new SetRequest.UpdateObject("Device.X.", List.of(passphrase))))));
        in(DEVICE, message("m1", new UspError(new Fault(StandardErrorCode.INVALID_VALUE, "no: hunter22"))));
        assertThat(recent(DEVICE))
                .hasSize(2)
                .noneMatch(record -> record.toString().contains("hunter22"));
    }

    @Test
    void after_a_write_too_large_to_be_kept_nothing_that_the_device_says_is_shown() {
        ParameterSetting passphrase =
                new ParameterSetting("KeyPassphrase", "hunter22" + "x".repeat(Limits.WIRE_RECORD_BYTES), true);
        out(
                DEVICE,
                message(
                        "m1",
                        new SetRequest(false, List.of(new SetRequest.UpdateObject("Device.X.", List.of(passphrase))))));
        in(DEVICE, message("m1", new UspError(new Fault(StandardErrorCode.INVALID_VALUE, "no: hunter22"))));
        assertThat(recent(DEVICE)).noneMatch(record -> record.toString().contains("hunter22"));
        assertThat(recent(DEVICE).getLast().message()).isEqualTo("Error");
    }

    @Test
    void where_the_store_cannot_say_what_is_secret_all_values_are() {
        WireLog unsure = new WireLog(observers, Clock.systemUTC(), device -> {
            throw new StoreException("down", new IllegalStateException("down"));
        });
        UspMessage change = change(7);
        UspRecord record = UspRecord.plain(OWN, DEVICE, new RecordType.NoSessionContext(MessageCodec.encode(change)));
        unsure.passed(Direction.IN, HERE, 10, record, Optional.of(change));
        assertThat(unsure.recent(Optional.of(DEVICE), 1).getFirst().text()).doesNotContain("c7");
    }

    @Test
    void a_reader_that_stalls_holds_little_and_is_told_how_much_it_missed() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<WireRecord> read = new CopyOnWriteArrayList<>();
        ControllerObserver slow = new ControllerObserver() {
            @Override
            public boolean wantsWire() {
                return true;
            }

            @Override
            public void wire(WireRecord record) {
                stalled.countDown();
                try {
                    go.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                read.add(record);
            }
        };
        int sent = 2_000;
        try (Observation observation = observers.observe(slow)) {
            in(DEVICE, change(0));
            assertThat(stalled.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i < sent; i++) {
                in(DEVICE, message("m", new GetRequest(List.of("Device." + "X".repeat(4_000)), 0)));
            }
            // some four thousand would fit by number, but not by weight
            assertThat(observation.dropped()).isGreaterThan(sent - 1L - Limits.OBSERVER_QUEUE_BYTES / (4 * 4_000));
            go.countDown();
            eventually(() -> read.size() + observation.dropped() == sent);
        }
    }

    @Test
    void who_looks_at_one_device_is_told_of_no_other() {
        List<Optional<EndpointId>> told = new CopyOnWriteArrayList<>();
        ControllerObserver one = new ControllerObserver() {
            @Override
            public boolean wantsWire() {
                return true;
            }

            @Override
            public boolean wantsWire(Optional<EndpointId> device) {
                return device.equals(Optional.of(DEVICE));
            }

            @Override
            public void wire(WireRecord record) {
                told.add(record.device());
            }
        };
        try (Observation observation = observers.observe(one)) {
            in(EndpointId.of("self::other"), change(1));
            log.refusedAtTheDoor(HERE, Optional.empty(), "no CONNECT packet");
            in(DEVICE, change(2));
            eventually(() -> !told.isEmpty());
            assertThat(told).containsExactly(Optional.of(DEVICE));
            assertThat(observation.dropped()).isZero();
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
