// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.campaign.Compared.Change;
import dev.pharos.controller.campaign.Compared.Counts;
import dev.pharos.controller.campaign.Compared.Values;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class GateJudgeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Verdict judge(String measure, Compared measured) throws RefusedException {
        return judge(Map.of(measure, measured));
    }

    private static Verdict judge(Map<String, Compared> measured) throws RefusedException {
        List<Measure> measures = new java.util.ArrayList<>();
        for (String each : measured.keySet()) {
            measures.add(Measure.parse(each));
        }
        return new GateJudge(new HealthGate(measures, 5, HealthGate.Unknown.HOLD))
                .judge(measure -> measured.entrySet().stream()
                        .filter(each -> each.getKey().equals(measure.toString()))
                        .findFirst()
                        .orElseThrow()
                        .getValue());
    }

    private static List<Change> devices(int number, double before, double after) {
        return Collections.nCopies(number, new Change(before, after));
    }

    @Test
    void more_events_than_on_the_others_by_more_than_the_margin_are_worse_and_the_figures_are_said()
            throws RefusedException {
        Verdict verdict = judge("Boot! rises 0.5", new Counts(10, 120, 90, 9, HOUR));
        assertThat(verdict)
                .isEqualTo(
                        new Verdict.Worse("Boot! came 12 times for each device and hour on 10 devices that are updated"
                                + " (120 in an hour) and 0.1 times on 90 others: worse by 11.9, and 0.5 is allowed"));
        assertThat(judge("Boot! rises 12", new Counts(10, 120, 90, 9, HOUR))).isInstanceOf(Verdict.Healthy.class);
        assertThat(judge("Boot! rises 0", new Counts(10, 1, 90, 9, HOUR))).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void a_parameter_is_worse_by_its_change_against_that_of_the_others() throws RefusedException {
        String measure = "Device.DeviceInfo.MemoryStatus.Free falls 10%";
        assertThat(judge(measure, new Values(devices(5, 1000, 500), devices(7, 1000, 950))))
                .isEqualTo(
                        new Verdict.Worse(
                                "Device.DeviceInfo.MemoryStatus.Free fell by 500 on 5 devices that are updated"
                                        + " (from 1,000 in the mean) and fell by 50 on 7 others: worse by 45 %, and 10 % is allowed"));
        // what gets worse everywhere is not the image
        assertThat(judge(measure, new Values(devices(5, 1000, 500), devices(5, 1000, 500)))
                        .why())
                .contains("not worse");
        assertThat(judge(measure, new Values(devices(5, 1000, 1500), devices(5, 1000, 1000))))
                .isInstanceOf(Verdict.Healthy.class);
        assertThat(judge("Device.X rises 5", new Values(devices(5, 0, 6), devices(5, 0, 0))))
                .isInstanceOf(Verdict.Worse.class);
        assertThat(judge("Device.X rises 5%", new Values(devices(5, 0, 6), devices(5, 0, 0)))
                        .why())
                .contains("was 0 before");
    }

    @Test
    void the_figures_of_both_sides_stand_beside_the_verdict_of_each_measure() throws RefusedException {
        Measure boots = Measure.parse("Boot! rises 0.5");
        Measure memory = Measure.parse("Device.DeviceInfo.MemoryStatus.Free falls 10%");
        List<MeasureFigures> figures = new GateJudge(new HealthGate(List.of(boots, memory), 5, HealthGate.Unknown.HOLD))
                .figures(measure -> measure.isRead()
                        ? new Values(devices(5, 1000, 500), devices(3, 800, 790))
                        : new Counts(10, 120, 90, 9, HOUR));
        assertThat(figures).extracting(MeasureFigures::measure).containsExactly(boots, memory);
        assertThat(figures.getFirst().verdict()).isInstanceOf(Verdict.Worse.class);
        assertThat(figures.getFirst().updated()).isEqualTo(new MeasureFigures.Side(10, OptionalDouble.empty(), 12));
        assertThat(figures.getFirst().others()).isEqualTo(new MeasureFigures.Side(90, OptionalDouble.empty(), 0.1));
        assertThat(figures.getLast().verdict()).isInstanceOf(Verdict.Unknown.class);
        assertThat(figures.getLast().others()).isEqualTo(new MeasureFigures.Side(3, OptionalDouble.of(800), 790));
    }

    @Property
    void there_is_never_a_verdict_on_too_few_devices(
            @ForAll @IntRange(max = 9) int updated, @ForAll @IntRange(max = 9) int others) throws RefusedException {
        boolean few = updated < 5 || others < 5;
        Verdict ofEvents = judge("Boot! rises 0.5", new Counts(updated, 100L * updated, others, 0, HOUR));
        Verdict ofValues = judge("Device.X falls 1%", new Values(devices(updated, 10, 1), devices(others, 10, 10)));
        assertThat(ofEvents).isInstanceOf(few ? Verdict.Unknown.class : Verdict.Worse.class);
        assertThat(ofValues).isInstanceOf(few ? Verdict.Unknown.class : Verdict.Worse.class);
    }

    @Test
    void one_measure_that_is_worse_is_enough_and_one_that_is_unknown_leaves_the_whole_unknown()
            throws RefusedException {
        Compared good = new Values(devices(5, 10, 10), devices(5, 10, 10));
        Compared few = new Values(devices(4, 10, 10), devices(5, 10, 10));
        Compared bad = new Values(devices(5, 10, 1), devices(5, 10, 10));
        assertThat(judge(Map.of("Device.A falls 5", good, "Device.B falls 5", few, "Device.C falls 5", bad)))
                .isInstanceOf(Verdict.Worse.class);
        assertThat(judge(Map.of("Device.A falls 5", good, "Device.B falls 5", few))
                        .why())
                .isEqualTo("Device.B is known of 4 updated and 5 other devices, and it takes 5 of each");
        assertThat(judge(Map.of("Device.A falls 5", good))).isInstanceOf(Verdict.Healthy.class);
    }
}
