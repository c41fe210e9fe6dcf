// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /// A benchmark whose figures are known.
    private record Known(String name, double ours, double baseline, double target, boolean onlyWhenNamed)
            implements Benchmark {
        @Override
        public String definition() {
            return "counts to " + ours;
        }

        @Override
        public Outcome run() throws Exception {
            return new Rounds(1, 3).compare(() -> ours, () -> baseline, target, true, "s");
        }
    }

    private int run(String... arguments) throws Exception {
        List<Benchmark> benchmarks = List.of(
                new Known("quick", 3, 2, 1.75, false),
                new Known("bad", 4, 2, 1.5, false),
                new Known("long", 1, 2, 0.5, true));
        try (PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return new Bench(benchmarks, to, errors).run(List.of(arguments));
        }
    }

    @Test
    void the_name_of_a_group_means_all_that_begin_with_it_and_no_others() throws Exception {
        List<Benchmark> benchmarks = List.of(
                new Known("fleet-storm-time", 3, 2, 1.75, true),
                new Known("fleet-storm-memory", 3, 2, 1.75, true),
                new Known("fleet-storms", 3, 2, 1.75, true));
        try (PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            assertThat(new Bench(benchmarks, to, errors).run(List.of("fleet-storm")))
                    .isEqualTo(Bench.HOLDS);
        }
        assertThat(printed()).contains("fleet-storm-time", "fleet-storm-memory").doesNotContain("fleet-storms");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void json_is_one_document_with_ratio_target_and_holds() throws Exception {
        assertThat(run("quick", "--json")).isEqualTo(Bench.HOLDS);
        assertThat(printed())
                .isEqualToNormalizingNewlines("{\"benchmarks\":[{\"name\":\"quick\",\"ratio\":1.5000,\"target\":1.75,"
                        + "\"holds\":true,\"ours\":3.000,\"baseline\":2.000,\"unit\":\"s\",\"rounds\":3}]}\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("quick: counts to 3.0");
    }

    /// One of a group that counted more than a ratio shows.
    private record Counted(String name) implements Benchmark {
        @Override
        public String definition() {
            return "a / b";
        }

        @Override
        public Optional<String> report() {
            return Optional.of("| a table |\n");
        }

        @Override
        public Outcome run() {
            SequencedMap<String, Long> also = new LinkedHashMap<>();
            also.put("up", 7L);
            also.put("roundTrips", 2L);
            return new Outcome(0.5, 1, true, 7, 14, "bytes", 1, also);
        }
    }

    @Test
    void what_was_counted_besides_is_in_json_and_a_group_shows_its_table_once() throws Exception {
        List<Benchmark> benchmarks = List.of(new Counted("wire-a"), new Counted("wire-b"));
        try (PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            assertThat(new Bench(benchmarks, to, errors).run(List.of("wire"))).isEqualTo(Bench.HOLDS);
            assertThat(printed()).containsOnlyOnce("| a table |");
            out.reset();
            assertThat(new Bench(benchmarks, to, errors).run(List.of("wire-a", "--json")))
                    .isEqualTo(Bench.HOLDS);
        }
        assertThat(printed())
                .contains("\"unit\":\"bytes\",\"rounds\":1,\"up\":7,\"roundTrips\":2}]}")
                .doesNotContain("a table");
    }

    @Test
    void all_but_the_long_ones_run_where_none_is_named_and_one_that_does_not_hold_is_told_by_the_exit_status()
            throws Exception {
        assertThat(run("--json")).isEqualTo(Bench.DOES_NOT_HOLD);
        assertThat(printed())
                .contains("\"quick\"", "\"bad\"", "\"holds\":false")
                .doesNotContain("\"long\"");
    }

    @Test
    void a_long_one_runs_where_it_is_named() throws Exception {
        assertThat(run("long")).isEqualTo(Bench.HOLDS);
        assertThat(printed()).contains("long", "≤ 0.5", "yes");
    }

    @Test
    void a_wrong_name_is_wrong_usage_and_runs_nothing() throws Exception {
        assertThat(run("quick", "quikc")).isEqualTo(Bench.WRONG_USAGE);
        assertThat(printed()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'quikc'", "[quick, bad, long]");
    }

    @Test
    void help_names_every_benchmark() throws Exception {
        assertThat(run("--help")).isEqualTo(Bench.HOLDS);
        assertThat(printed()).contains("quick", "long", "(only when named)", "--json");
    }

    @Test
    void what_measured_nothing_is_no_outcome() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outcome(Double.NaN, 1, true, 0, 0, "s", 1))
                .withMessageContaining("nothing was measured");
    }

    @Test
    void the_real_ones_have_names_of_their_own_and_say_what_they_measure_against() {
        List<Benchmark> all = Bench.all(2_000, Optional.empty());
        assertThat(all)
                .extracting(Benchmark::name)
                .doesNotHaveDuplicates()
                .contains("rest-get", "tls-accept", "broker-path", "fleet-memory");
        assertThat(all).extracting(Benchmark::definition).allMatch(definition -> definition.contains("/"));
        assertThat(all.stream().filter(Benchmark::onlyWhenNamed).map(Benchmark::name))
                .contains("fleet-memory")
                .allMatch(name -> Stream.of("fleet-", "scale-", "agent-", "wire-", "cwmp-", "gateway-")
                        .anyMatch(name::startsWith));
    }

    @Test
    void what_still_changes_is_warmed_up_until_three_in_a_row_agree() throws Exception {
        AtomicInteger measured = new AtomicInteger();
        Outcome outcome = new Rounds(2, 3)
                .compare(() -> Math.max(10, 100 - 15 * measured.getAndIncrement()), () -> 10, 1.1, true, "s");
        assertThat(outcome.ratio()).isEqualTo(1);
        assertThat(measured).hasValue(9 + 3);
    }

    @Test
    void when_the_time_is_over_no_round_is_begun_once_there_were_three() throws Exception {
        Outcome outcome = new Rounds(4, 9, Duration.ofNanos(1)).compare(() -> 10, () -> 10, 1.0, true, "s");
        assertThat(outcome.rounds()).isEqualTo(3);
        assertThat(outcome.holds()).isTrue();
    }

    @Test
    void rounds_alternate_who_goes_first() throws Exception {
        StringBuilder order = new StringBuilder();
        new Rounds(0, 4)
                .compare(
                        () -> {
                            order.append('A');
                            return 1;
                        },
                        () -> {
                            order.append('B');
                            return 1;
                        },
                        1,
                        true,
                        "s");
        assertThat(order).hasToString("ABBAABBA");
        assertThat(Stream.of(List.of(3.0, 1.0, 2.0), List.of(4.0, 1.0, 2.0, 3.0))
                        .map(Rounds::median))
                .containsExactly(2.0, 2.5);
    }
}
