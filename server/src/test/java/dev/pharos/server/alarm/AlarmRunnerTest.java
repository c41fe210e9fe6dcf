// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.alarm.Alarm;
import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.alarm.Severity;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.store.AlarmStore;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.PostgresEventStore;
import dev.pharos.server.store.PostgresTwinStore;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rules over a real PostgreSQL, in a time that tests set.
final class AlarmRunnerTest {
    private static final String OURS = "tag:alarmed";
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final List<EndpointId> DEVICES = IntStream.range(0, 10)
            .mapToObj(i -> EndpointId.of("proto::alarmed-" + i))
            .toList();
    private static final EndpointId ONE = DEVICES.getFirst();

    private final ManualClock clock = ManualClock.standing();
    private final PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
    private final PostgresEventStore events = new PostgresEventStore(TestDatabase.database());
    private final List<DeviceEvent> told = new CopyOnWriteArrayList<>();
    private final AlarmRunner.Parts parts = AlarmRunner.Parts.over(
            TestDatabase.database(), QueryParser::parse, news -> news.forEach(each -> told.add(each.event())), clock);
    private final AlarmRunner runner = new AlarmRunner(parts);

    @BeforeEach
    void begin() {
        end();
        for (EndpointId device : DEVICES) {
            devices.create(DeviceRecord.unseen(device, true, true, clock.instant())
                    .withTags(List.of("alarmed"))
                    .withStatus(DeviceStatus.ONLINE, ""));
        }
    }

    @AfterEach
    void end() {
        parts.rules().all().forEach(rule -> parts.rules().remove(rule.rule().name(), clock.instant(), "a test"));
        parts.alarms().deleteBefore(clock.instant().plusSeconds(1));
        parts.alarms().tell(_ -> {});
        told.clear();
        DEVICES.forEach(devices::delete);
        events.deleteBefore(clock.instant().plusSeconds(1));
    }

    private void rule(AlarmCondition condition, Optional<Integer> share) {
        parts.rules().put(new AlarmRule("rule", Severity.MAJOR, OURS, condition, share), clock.instant(), "a test");
    }

    private static AlarmCondition holds(String query, Duration lasting) {
        return new AlarmCondition.Holds(query, lasting);
    }

    private static AlarmCondition boots(int atLeast) {
        return new AlarmCondition.Happens(Set.of(EventKind.EVENT), "Device.Boot!", atLeast, Duration.ofHours(1));
    }

    private void status(EndpointId device, DeviceStatus status) {
        devices.update(device, known -> known.withStatus(status, ""));
    }

    private void boots(EndpointId device, int times) {
        List<NewEvent> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(new NewEvent(
                    new DeviceEvent(
                            clock.instant(),
                            Optional.of(device),
                            EventKind.EVENT,
                            "Device.",
                            "Boot!",
                            "",
                            Map.of(),
                            "",
                            ""),
                    ""));
        }
        events.append(all);
    }

    private void later(Duration by) {
        clock.advance(by);
        runner.pass();
    }

    private List<Alarm> alarms(Optional<Boolean> open) {
        return parts.alarms().list(new AlarmStore.Search(open, "", "", Severity.WARNING, Long.MAX_VALUE), 100);
    }

    private List<Alarm> open() {
        return alarms(Optional.of(true));
    }

    private List<String> toldNames() {
        return told.stream().map(DeviceEvent::name).toList();
    }

    @Test
    void a_device_that_is_away_for_its_time_has_one_alarm_until_it_is_back() {
        rule(holds("online:false", Duration.ofMinutes(15)), Optional.empty());
        status(ONE, DeviceStatus.OFFLINE);
        runner.pass();
        later(Duration.ofMinutes(14));
        assertThat(open()).isEmpty();
        later(Duration.ofMinutes(1));
        later(LOOK);
        later(LOOK);
        assertThat(open()).singleElement().satisfies(alarm -> {
            assertThat(alarm.device()).contains(ONE);
            assertThat(alarm.severity()).isEqualTo(Severity.MAJOR);
            assertThat(alarm.text()).isEqualTo("online:false for 15 min");
        });
        status(ONE, DeviceStatus.ONLINE);
        later(LOOK);
        assertThat(open()).isEmpty();
        assertThat(alarms(Optional.of(false)).getFirst().clearedBy()).isEmpty();
        assertThat(toldNames()).containsExactly("raised", "cleared");
        DeviceEvent raised = told.getFirst();
        assertThat(raised.kind()).isEqualTo(EventKind.ALARM);
        assertThat(raised.device()).contains(ONE);
        assertThat(raised.value()).isEqualTo("major");
        assertThat(raised.args()).containsEntry("rule", "rule").containsKey("alarm");
        assertThat(raised.text()).endsWith(" is raised, major: online:false for 15 min");
    }

    @Test
    void whoever_was_back_in_between_begins_anew() {
        rule(holds("online:false", Duration.ofMinutes(15)), Optional.empty());
        status(ONE, DeviceStatus.OFFLINE);
        runner.pass();
        later(Duration.ofMinutes(10));
        status(ONE, DeviceStatus.ONLINE);
        later(Duration.ofMinutes(1));
        status(ONE, DeviceStatus.OFFLINE);
        later(Duration.ofMinutes(1));
        later(Duration.ofMinutes(10));
        assertThat(open()).isEmpty();
        later(Duration.ofMinutes(5));
        assertThat(open()).hasSize(1);
    }

    @Test
    void many_events_on_one_device_are_an_alarm_until_their_hour_is_over() {
        rule(boots(5), Optional.empty());
        boots(ONE, 4);
        boots(DEVICES.get(1), 5);
        runner.pass();
        assertThat(open()).extracting(Alarm::device).containsExactly(Optional.of(DEVICES.get(1)));
        boots(ONE, 1);
        later(LOOK);
        assertThat(open()).hasSize(2);
        later(Duration.ofHours(1));
        assertThat(open()).isEmpty();
    }

    @Test
    void a_share_of_the_devices_is_one_alarm_for_all_of_them() {
        rule(boots(1), Optional.of(30));
        boots(ONE, 9);
        boots(DEVICES.get(1), 1);
        runner.pass();
        assertThat(open()).isEmpty();
        boots(DEVICES.get(2), 1);
        later(LOOK);
        assertThat(open()).singleElement().satisfies(alarm -> {
            assertThat(alarm.device()).isEmpty();
            assertThat(alarm.text()).isEqualTo("30 % of tag:alarmed: 1 × Event Device.Boot! within 1 h");
        });
        assertThat(told.getFirst().device()).isEmpty();
    }

    @Test
    void a_value_of_the_twin_is_enough() {
        PostgresTwinStore twins = new PostgresTwinStore(TestDatabase.database());
        rule(holds("Device.DeviceInfo.MemoryStatus.Free < 4096", Duration.ZERO), Optional.empty());
        String path = "Device.DeviceInfo.MemoryStatus.Free";
        twins.put(ONE, List.of(new TwinValue(path, "4096", false, clock.instant(), TwinValue.Source.NOTIFY)));
        runner.pass();
        assertThat(open()).isEmpty();
        twins.put(ONE, List.of(new TwinValue(path, "4095", false, clock.instant(), TwinValue.Source.NOTIFY)));
        later(LOOK);
        assertThat(open()).hasSize(1);
    }

    @Test
    void what_a_person_cleared_comes_again_only_after_it_was_over() {
        rule(holds("online:false", Duration.ZERO), Optional.empty());
        status(ONE, DeviceStatus.OFFLINE);
        runner.pass();
        assertThat(parts.alarms().clear(open().getFirst().id(), clock.instant(), "anna"))
                .isTrue();
        later(LOOK);
        later(LOOK);
        assertThat(open()).isEmpty();
        status(ONE, DeviceStatus.ONLINE);
        later(LOOK);
        status(ONE, DeviceStatus.OFFLINE);
        later(LOOK);
        assertThat(open()).hasSize(1);
        assertThat(toldNames()).containsExactly("raised", "cleared", "raised");
        assertThat(told.get(1).text()).contains(" is cleared by anna, major: ");
    }

    @Test
    void what_is_muted_ends_and_comes_again_unheard() {
        rule(holds("online:false", Duration.ZERO), Optional.empty());
        status(ONE, DeviceStatus.OFFLINE);
        runner.pass();
        parts.alarms()
                .mute(
                        open().getFirst().id(),
                        Optional.of(clock.instant().plus(Duration.ofHours(1))),
                        clock.instant(),
                        "anna");
        status(ONE, DeviceStatus.ONLINE);
        later(LOOK);
        status(ONE, DeviceStatus.OFFLINE);
        later(LOOK);
        assertThat(toldNames()).containsExactly("raised", "muted");
        assertThat(open().getFirst().state(clock.instant())).isEqualTo(Alarm.State.MUTED);
        later(Duration.ofHours(1));
        assertThat(open().getFirst().state(clock.instant())).isEqualTo(Alarm.State.RAISED);
        status(ONE, DeviceStatus.ONLINE);
        later(LOOK);
        assertThat(toldNames()).containsExactly("raised", "muted", "cleared");
    }

    @Test
    void it_is_assigned_and_noted_while_it_is_open() {
        rule(holds("online:false", Duration.ZERO), Optional.empty());
        status(ONE, DeviceStatus.OFFLINE);
        runner.pass();
        long id = open().getFirst().id();
        assertThat(parts.alarms().assign(id, "bert", clock.instant(), "anna")).isTrue();
        assertThat(open().getFirst().state(clock.instant())).isEqualTo(Alarm.State.ASSIGNED);
        parts.alarms().note(id, new AlarmStore.Note(clock.instant(), "bert", "on my way"));
        assertThat(parts.alarms().notes(id)).extracting(AlarmStore.Note::text).containsExactly("on my way");
        parts.alarms().clear(id, clock.instant(), "bert");
        assertThat(parts.alarms().assign(id, "carl", clock.instant(), "anna")).isFalse();
        assertThat(parts.alarms().clear(id, clock.instant(), "anna")).isFalse();
    }

    @Test
    void servers_that_look_at_once_raise_one() throws InterruptedException {
        rule(holds("online:false", Duration.ZERO), Optional.empty());
        DEVICES.forEach(device -> status(device, DeviceStatus.OFFLINE));
        List<Thread> servers = IntStream.range(0, 6)
                .mapToObj(_ -> Thread.startVirtualThread(() -> new AlarmRunner(parts).pass()))
                .toList();
        for (Thread server : servers) {
            server.join();
        }
        runner.pass();
        assertThat(open()).hasSize(DEVICES.size());
        // each was told once or more, of which the history keeps one by its key
        assertThat(told.stream().map(event -> event.args().get("alarm")).collect(Collectors.toSet()))
                .hasSize(DEVICES.size());
    }

    @Test
    void what_the_history_could_not_take_is_told_later_and_once() {
        List<String> keys = new ArrayList<>();
        AlarmRunner.Parts dying = AlarmRunner.Parts.over(
                TestDatabase.database(),
                QueryParser::parse,
                news -> {
                    news.forEach(each -> keys.add(each.onceKey()));
                    throw new StoreException("killed before it could say that it was told");
                },
                clock);
        rule(holds("online:false", Duration.ZERO), Optional.empty());
        status(ONE, DeviceStatus.OFFLINE);
        new AlarmRunner(dying).pass();
        assertThat(open()).hasSize(1);
        List<NewEvent> again = new ArrayList<>();
        parts.alarms().tell(again::addAll);
        assertThat(again).extracting(NewEvent::onceKey).isEqualTo(keys).hasSize(1);
        parts.alarms().tell(again::addAll);
        assertThat(again).hasSize(1);
    }

    @Test
    void a_rule_that_changes_begins_anew_and_one_that_goes_clears_its_alarms() {
        rule(holds("online:false", Duration.ZERO), Optional.empty());
        status(ONE, DeviceStatus.OFFLINE);
        runner.pass();
        clock.advance(Duration.ofSeconds(1));
        rule(holds("online:true", Duration.ofMinutes(15)), Optional.empty());
        runner.pass();
        assertThat(open()).isEmpty();
        later(Duration.ofMinutes(15));
        assertThat(open()).hasSize(9);
        parts.rules().remove("rule", clock.instant(), "anna");
        assertThat(open()).isEmpty();
        assertThat(alarms(Optional.of(false)).getFirst().rule()).isEqualTo("rule");
        assertThat(alarms(Optional.of(false)).getFirst().clearedBy()).isEqualTo("anna");
    }

    @Test
    void a_rule_whose_query_has_become_none_says_so() {
        rule(holds("tag:(", Duration.ZERO), Optional.empty());
        runner.pass();
        assertThat(parts.rules().find("rule").orElseThrow().note()).startsWith("its query has become none: ");
    }

    /// Nothing is bound in its conditions, which the database's client minds where something is given all the same.
    @Test
    void a_rule_over_all_devices_needs_no_words_of_people() {
        parts.rules()
                .put(
                        new AlarmRule(
                                "rule", Severity.MAJOR, "", holds("online:false", Duration.ZERO), Optional.empty()),
                        clock.instant(),
                        "a test");
        status(ONE, DeviceStatus.OFFLINE);
        runner.pass();
        assertThat(open()).extracting(Alarm::device).contains(Optional.of(ONE));
        clock.advance(LOOK);
        parts.rules()
                .put(
                        new AlarmRule("rule", Severity.MAJOR, "", holds("online:false", Duration.ZERO), Optional.of(1)),
                        clock.instant(),
                        "a test");
        later(LOOK);
        assertThat(open()).extracting(Alarm::device).containsExactly(Optional.empty());
    }

    @Test
    void a_rule_that_cannot_be_looked_at_says_so_and_stops_no_other() {
        parts.rules()
                .put(
                        new AlarmRule(
                                "a defect", Severity.MINOR, "tag:defect", holds("x", Duration.ZERO), Optional.empty()),
                        clock.instant(),
                        "a test");
        rule(holds("online:false", Duration.ZERO), Optional.empty());
        status(ONE, DeviceStatus.OFFLINE);
        new AlarmRunner(AlarmRunner.Parts.over(
                        TestDatabase.database(),
                        query -> {
                            if (query.equals("tag:defect")) {
                                throw new IllegalStateException("a defect");
                            }
                            return QueryParser.parse(query);
                        },
                        _ -> {},
                        clock))
                .pass();
        assertThat(open()).hasSize(1);
        assertThat(parts.rules().find("a defect").orElseThrow().note()).startsWith("it could not be looked at");
    }

    @Test
    void alarms_are_no_events_that_cause_alarms() {
        rule(new AlarmCondition.Happens(Set.of(), "", 1, Duration.ofHours(1)), Optional.empty());
        events.append(List.of(new NewEvent(
                DeviceEvent.of(clock.instant(), Optional.of(ONE), EventKind.ALARM, "alarm 7 is raised"), "")));
        runner.pass();
        assertThat(open()).isEmpty();
        boots(ONE, 1);
        later(LOOK);
        assertThat(open()).hasSize(1);
    }
}
