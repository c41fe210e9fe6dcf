// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.store.TwinValue.Source;
import dev.pharos.usp.EndpointId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What parameters were, in PostgreSQL.
final class SeriesTest {
    private static final EndpointId ID = EndpointId.of("proto::series");
    private static final String NOISE = "Device.WiFi.Radio.1.Stats.Noise";
    private static final Duration HOUR = Duration.ofHours(1);

    /// Where five minutes begin.
    private final Instant begin = Instant.now().minus(HOUR).truncatedTo(ChronoUnit.HOURS);

    private final Database database = TestDatabase.database();
    private final SeriesStore series = new SeriesStore(database, SeriesKeeping.DEFAULT);

    /// Knows what is kept since its first value.
    private PostgresTwinStore twins = new PostgresTwinStore(database, series);

    @BeforeEach
    void one_device_and_one_parameter_that_is_kept() {
        database.with(handle -> handle.execute("delete from devices") + handle.execute("delete from series_kept"));
        new PostgresDeviceStore(database).create(DeviceRecord.unseen(ID, true, false, begin));
        keep("Device.WiFi.Radio.*.Stats.Noise");
    }

    private void keep(String pattern) {
        assertThat(series.keep(new SeriesStore.Kept(pattern, begin, "anna"))).isTrue();
        twins = new PostgresTwinStore(database, series);
    }

    private TwinValue value(String path, String value, int seconds, Source source) {
        return new TwinValue(path, value, false, begin.plusSeconds(seconds), source);
    }

    private List<String> told(String path) {
        return series.samples(ID, path, begin.minus(HOUR), begin.plus(HOUR), 100).stream()
                .map(sample -> Duration.between(begin, sample.time()).toSeconds() + " " + sample.value())
                .toList();
    }

    private List<String> rolled(Duration step) {
        return series.rolled(ID, NOISE, begin.minus(HOUR), begin.plus(HOUR), step).stream()
                .map(each -> Duration.between(begin, each.time()).toMinutes() + ": " + plain(each.low()) + " "
                        + plain(each.average()) + " " + plain(each.high()) + " of " + each.count())
                .toList();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    @Test
    void each_change_of_a_parameter_that_is_kept_is_kept_and_nothing_else() {
        keep("Device.X.Password");
        twins.put(
                ID,
                List.of(value(NOISE, "-90", 0, Source.GET), value("Device.WiFi.Radio.1.Noise", "1", 0, Source.GET)));
        twins.put(ID, List.of(value(NOISE, "-90", 10, Source.GET)));
        twins.putAll(Map.of(
                ID,
                List.of(
                        value(NOISE, "-90", 20, Source.NOTIFY),
                        value(NOISE, "auto", 21, Source.NOTIFY),
                        value(NOISE, "-90", 22, Source.NOTIFY))));
        twins.replaceUnder(ID, "Device.WiFi.", List.of(value(NOISE, "-90", 30, Source.GET)));
        twins.replaceUnder(ID, "Device.WiFi.", List.of(value(NOISE, "-80.50", 40, Source.GET)));
        twins.put(ID, List.of(new TwinValue("Device.X.Password", "", true, begin, Source.GET)));
        assertThat(told(NOISE)).containsExactly("0 -90", "21 auto", "22 -90", "40 -80.50");
        assertThat(told("Device.WiFi.Radio.1.Noise")).isEmpty();
        assertThat(told("Device.X.Password")).isEmpty();
        assertThat(series.samples(ID, NOISE, begin, begin.plusSeconds(40), 2))
                .extracting(SeriesStore.Sample::value)
                .as("the newest before the end")
                .containsExactly("auto", "-90");
    }

    @Test
    void reports_are_kept_with_their_times_late_ones_too_and_each_once() {
        for (int again = 0; again < 2; again++) {
            twins.put(ID, List.of(value(NOISE, "-70", 310, Source.BULK)));
            twins.put(
                    ID,
                    List.of(),
                    List.of(value(NOISE, "-70", 10, Source.BULK), value(NOISE, "-71.5", 20, Source.BULK)));
        }
        assertThat(told(NOISE)).containsExactly("10 -70", "20 -71.5", "310 -70");
        assertThat(twins.find(ID, NOISE)).map(TwinValue::value).contains("-70");
        assertThat(rolled(SeriesStore.ROLLED)).containsExactly("0: -71.5 -70.75 -70 of 2", "5: -70 -70 -70 of 1");
        assertThat(rolled(HOUR)).containsExactly("0: -71.5 -70.5 -70 of 3");
        assertThat(told("Device.WiFi.Radio.2.Stats.Noise")).isEmpty();
    }

    @Test
    void numbers_are_the_same_before_they_are_counted_and_after_and_late_ones_are_counted_too() {
        twins.put(ID, List.of(value(NOISE, "-70", 0, Source.BULK), value(NOISE, "auto", 1, Source.BULK)));
        twins.put(ID, List.of(value(NOISE, "-90.5", 299, Source.BULK)));
        twins.put(ID, List.of(value(NOISE, "+5", 300, Source.NOTIFY)));
        List<String> all = List.of("0: -90.5 -80.25 -70 of 2", "5: 5 5 5 of 1");
        assertThat(rolled(SeriesStore.ROLLED)).isEqualTo(all);
        assertThat(series.roll(begin.plusSeconds(300)))
                .as("those that are over")
                .isEqualTo(1);
        assertThat(rolled(SeriesStore.ROLLED)).isEqualTo(all);
        assertThat(series.roll(begin.plusSeconds(301))).isEqualTo(1);
        assertThat(series.roll(begin.plusSeconds(301))).as("nothing is left").isZero();
        assertThat(rolled(SeriesStore.ROLLED)).isEqualTo(all);
        twins.put(ID, List.of(), List.of(value(NOISE, "-10", 30, Source.BULK), value(NOISE, "-70", 0, Source.BULK)));
        List<String> later = List.of("0: -90.5 -56.83 -10 of 3", "5: 5 5 5 of 1");
        assertThat(rolled(SeriesStore.ROLLED)).extracting(SeriesTest::shortened).isEqualTo(later);
        assertThat(series.roll(begin.plusSeconds(301))).isEqualTo(1);
        assertThat(rolled(SeriesStore.ROLLED)).extracting(SeriesTest::shortened).isEqualTo(later);
        twins.put(ID, List.of(), List.of(value(NOISE, "auto", 40, Source.BULK)));
        assertThat(series.roll(begin.plusSeconds(301)))
                .as("of words there is nothing to count")
                .isZero();
    }

    /// Two digits behind each point.
    private static String shortened(String line) {
        return line.replaceAll("(\\.[0-9]{2})[0-9]+", "$1");
    }

    @Test
    void a_report_that_is_there_in_part_keeps_nothing_else_from_being_kept() {
        keep("Device.X.*.Y");
        twins.put(ID, List.of(value("Device.X.2.Y", "2", 0, Source.BULK)));
        twins.put(
                ID,
                List.of(
                        value("Device.X.1.Y", "1", 0, Source.BULK),
                        value("Device.X.2.Y", "9", 0, Source.BULK),
                        value("Device.X.3.Y", "3", 0, Source.BULK),
                        value("Device.X.3.Y", "4", 0, Source.BULK)));
        assertThat(told("Device.X.1.Y")).containsExactly("0 1");
        assertThat(told("Device.X.2.Y")).as("the first").containsExactly("0 2");
        assertThat(told("Device.X.3.Y")).containsExactly("0 3");
        assertThat(twins.find(ID, "Device.X.2.Y")).map(TwinValue::value).contains("9");
        assertThat(series.roll(begin.plus(HOUR))).isEqualTo(1);
        assertThat(series.rolled(ID, "Device.X.3.Y", begin, begin.plus(HOUR), HOUR))
                .singleElement()
                .satisfies(hour -> assertThat(hour.count()).isEqualTo(1));
    }

    @Test
    void what_comes_while_others_count_is_counted_once() throws Exception {
        int reports = 60;
        Instant over = begin.plus(HOUR);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, reports)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        twins.put(ID, List.of(value(NOISE, Integer.toString(i), i * 7, Source.BULK)));
                        return series.roll(over);
                    }))
                    .toList();
            for (Future<?> each : all) {
                assertThat(each.get()).isNotNull();
            }
        }
        series.roll(over);
        assertThat(database.<Integer>with(handle -> handle.createQuery("select count(*) from series_unrolled")
                        .mapTo(Integer.class)
                        .one()))
                .isZero();
        assertThat(rolled(HOUR)).containsExactly("0: 0 29.5 59 of 60");
    }

    @Test
    void what_is_too_old_or_has_no_device_is_not_kept_and_long_texts_are_cut() {
        twins.put(ID, List.of(), List.of(value(NOISE, "1", -8 * 86_400, Source.BULK)));
        EndpointId stranger = EndpointId.of("proto::stranger");
        twins.put(stranger, List.of(value(NOISE, "1", 0, Source.NOTIFY)));
        twins.put(ID, List.of(value(NOISE, "\0" + "x".repeat(1_000), 0, Source.NOTIFY)));
        assertThat(series.samples(ID, NOISE, begin.minus(Duration.ofDays(30)), begin.plus(HOUR), 10))
                .hasSize(1)
                .allSatisfy(sample -> assertThat(sample.value()).hasSize(Limits.SAMPLE_TEXT));
        assertThat(series.samples(stranger, NOISE, begin.minus(HOUR), begin.plus(HOUR), 10))
                .isEmpty();
        assertThat(rolled(HOUR)).isEmpty();
    }

    @Test
    void what_cannot_be_written_into_the_twin_is_not_kept_either() {
        try (Database own = Database.open(TestDatabase.empty("series_alone"))) {
            SeriesStore there = new SeriesStore(own, SeriesKeeping.DEFAULT);
            new PostgresDeviceStore(own).create(DeviceRecord.unseen(ID, true, false, begin));
            there.keep(new SeriesStore.Kept(NOISE, begin, "anna"));
            own.with(handle -> handle.execute("alter table twin add constraint broken check (device_no < 0)"));
            PostgresTwinStore broken = new PostgresTwinStore(own, there);
            assertThatThrownBy(() -> broken.put(ID, List.of(value(NOISE, "-90", 0, Source.NOTIFY))))
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> broken.put(
                            ID,
                            List.of(value(NOISE, "-90", 0, Source.BULK)),
                            List.of(value(NOISE, "-80", -60, Source.BULK))))
                    .isInstanceOf(StoreException.class);
            assertThat(there.samples(ID, NOISE, begin.minus(HOUR), begin.plus(HOUR), 10))
                    .isEmpty();
            own.with(handle -> handle.execute("alter table twin drop constraint broken"));
            broken.put(ID, List.of(value(NOISE, "-90", 0, Source.NOTIFY)));
            assertThat(there.samples(ID, NOISE, begin, begin.plus(HOUR), 10)).hasSize(1);
        }
    }

    @Test
    void values_of_a_day_of_which_there_is_none_yet_are_kept_whoever_comes_first() throws Exception {
        series.tidy(begin.plus(Duration.ofDays(9)));
        List<Callable<Boolean>> writers = IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    new PostgresTwinStore(database, series)
                            .put(ID, List.of(), List.of(value(NOISE, "-9" + i, i, Source.BULK)));
                    return true;
                })
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> written : threads.invokeAll(writers)) {
                assertThat(written.get()).isTrue();
            }
        }
        assertThat(told(NOISE)).hasSize(8);
        assertThat(rolled(HOUR)).containsExactly("0: -97 -93.5 -90 of 8");
    }

    @Test
    void of_reports_that_come_at_once_those_that_can_be_kept_are_and_the_other_is_told() throws Exception {
        List<EndpointId> devices = IntStream.range(0, 8)
                .mapToObj(i -> EndpointId.of("proto::at-once-" + i))
                .toList();
        devices.forEach(id -> new PostgresDeviceStore(database).create(DeviceRecord.unseen(id, true, false, begin)));
        String broken = "Device.WiFi.Radio.7.Stats.Noise";
        database.with(handle -> handle.execute("alter table twin add constraint no_seventh"
                + " check (object_path <> 'Device.WiFi.Radio.7.Stats.') not valid"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> written = devices.stream()
                    .<Future<?>>map(id -> threads.submit(() -> twins.put(
                            id,
                            List.of(value(id.equals(devices.get(7)) ? broken : NOISE, id.toString(), 5, Source.BULK)))))
                    .toList();
            for (Future<?> each : written.subList(0, 7)) {
                assertThat(each.get()).isNull();
            }
            assertThatThrownBy(written.get(7)::get).cause().isInstanceOf(StoreException.class);
        } finally {
            database.with(handle -> handle.execute("alter table twin drop constraint no_seventh"));
        }
        for (EndpointId id : devices.subList(0, 7)) {
            assertThat(series.samples(id, NOISE, begin, begin.plus(HOUR), 10))
                    .containsExactly(new SeriesStore.Sample(begin.plusSeconds(5), id.toString()));
            assertThat(twins.find(id, NOISE)).map(TwinValue::value).contains(id.toString());
        }
        assertThat(series.samples(devices.get(7), broken, begin, begin.plus(HOUR), 10))
                .isEmpty();
    }

    @Test
    void a_path_that_is_longer_than_any_keeps_nothing_else_from_being_kept() {
        String longer = "Device.WiFi.Radio." + "7".repeat(Limits.OBJECT_PATH) + ".Stats.Noise";
        twins.put(ID, List.of(value(longer, "-1", 0, Source.BULK), value(NOISE, "-90", 0, Source.BULK)));
        assertThat(told(NOISE)).containsExactly("0 -90");
        assertThat(told(longer)).isEmpty();
    }

    @Test
    void it_goes_with_its_device_and_after_its_time() {
        twins.put(ID, List.of(value(NOISE, "-90", 0, Source.NOTIFY)));
        series.tidy(begin);
        assertThat(told(NOISE)).hasSize(1);
        series.tidy(begin.plus(Duration.ofDays(9)));
        assertThat(told(NOISE)).isEmpty();
        assertThat(rolled(HOUR)).hasSize(1);
        twins = new PostgresTwinStore(database, series);
        twins.put(ID, List.of(value(NOISE, "-91", 60, Source.NOTIFY)));
        new PostgresDeviceStore(database).delete(ID);
        int left = database.with(handle -> handle.createQuery("select (select count(*) from series)"
                        + " + (select count(*) from series_rolled) + (select count(*) from series_unrolled)")
                .mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
    }

    @Test
    void as_many_parameters_are_kept_as_may_be_and_one_is_forgotten_for_another() {
        IntStream.range(1, Limits.SERIES_KEPT).forEach(i -> keep("Device.X" + i + ".Y"));
        SeriesStore.Kept another = new SeriesStore.Kept("Device.Z.Y", begin, "anna");
        assertThat(series.keep(another)).isFalse();
        keep("Device.X1.Y");
        assertThat(series.forget("Device.X1.Y")).isTrue();
        assertThat(series.forget("Device.X1.Y")).isFalse();
        assertThat(series.keep(another)).isTrue();
        assertThat(series.kept()).hasSize(Limits.SERIES_KEPT).contains(another);
    }
}
