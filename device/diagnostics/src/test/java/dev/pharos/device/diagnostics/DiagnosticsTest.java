// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Diagnostics of this host, by its own programs or by ones that misbehave.
@Timeout(120)
class DiagnosticsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void a_ping_of_loopback_counts_and_measures() throws InterruptedException {
        assumeThat(HostPrograms.OF_THIS_HOST.find("ping"))
                .as("ping is installed")
                .isPresent();
        try (Host host = new Host()) {
            Map<String, String> outputs = host.ping("127.0.0.1", Map.of());

            assertThat(outputs)
                    .containsEntry("Status", "Complete")
                    .containsEntry("IPAddressUsed", "127.0.0.1")
                    .containsEntry("SuccessCount", "2")
                    .containsEntry("FailureCount", "0")
                    .hasSize(10);
            assertThat(Long.parseLong(outputs.getOrDefault("MaximumResponseTimeDetailed", "0")))
                    .isPositive();
            assertThat(host.value(Host.IP + "IPv4PingSupported")).isEqualTo("true");
        }
    }

    @Test
    void a_ping_of_ipv6_uses_ipv6() throws InterruptedException {
        assumeThat(HostPrograms.OF_THIS_HOST.find("ping"))
                .as("ping is installed")
                .isPresent();
        assumeThat(HostPrograms.OF_THIS_HOST.hasIpv6()).as("IPv6").isTrue();
        try (Host host = new Host()) {
            assertThat(host.ping("::1", Map.of("ProtocolVersion", "IPv6")))
                    .containsEntry("Status", "Complete")
                    .containsEntry("IPAddressUsed", "::1")
                    .containsEntry("SuccessCount", "2");
            assertThat(host.ping("127.0.0.1", Map.of("ProtocolVersion", "IPv6")))
                    .containsEntry("Status", "Error_CannotResolveHostName");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f", "a b", "$(reboot)", "a;b", "", "--help", "127.0.0.1 -f", "a\nb"})
    void what_is_no_host_is_never_given_to_a_program(String name) {
        try (Host host = new Host()) {
            refused(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, () -> host.ping(name, Map.of()));
            refused(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, () -> host.trace(name, Map.of()));
            refused(
                    StandardErrorCode.INVALID_COMMAND_ARGUMENTS,
                    () -> host.model.operate(
                            "Device.DNS.Diagnostics.NSLookupDiagnostics()",
                            Map.of("HostName", name, "Timeout", "100", "NumberOfRepetitions", "1")));
        }
    }

    @Test
    void a_name_that_does_not_exist_is_told() throws InterruptedException {
        assumeThat(HostPrograms.OF_THIS_HOST.find("traceroute"))
                .as("traceroute is installed")
                .isPresent();
        try (Host host = new Host()) {
            assertThat(host.ping("nobody.invalid", Map.of()))
                    .containsExactlyEntriesOf(Map.of("Status", "Error_CannotResolveHostName"));
            assertThat(host.trace("nobody.invalid", Map.of()))
                    .containsExactlyEntriesOf(Map.of("Status", "Error_CannotResolveHostName"));
        }
    }

    @Test
    void what_would_take_too_long_or_be_too_much_is_refused() {
        try (Host host = new Host()) {
            for (Map<String, String> wrong : List.of(
                    Map.of("NumberOfRepetitions", "1001"),
                    Map.of("Timeout", "60001"),
                    Map.of("DataBlockSize", "65508"),
                    Map.of("DSCP", "64"),
                    Map.of("Interface", "Device.IP.Interface.9."))) {
                refused(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, () -> host.ping("127.0.0.1", wrong));
            }
            refused(
                    StandardErrorCode.INVALID_COMMAND_ARGUMENTS,
                    () -> host.trace("127.0.0.1", Map.of("MaxHopCount", "64", "Timeout", "60000")));
        }
    }

    @Test
    void a_host_without_programs_says_so(@TempDir Path empty) {
        try (Host host = new Host(new HostPrograms(empty))) {
            assertThat(host.value(Host.IP + "IPv4PingSupported")).isEqualTo("false");
            refused(StandardErrorCode.COMMAND_FAILURE, () -> host.ping("127.0.0.1", Map.of()));
            refused(StandardErrorCode.COMMAND_FAILURE, () -> host.trace("127.0.0.1", Map.of()));
        }
    }

    @Test
    void a_program_that_prints_without_end_is_cut_and_measures_nothing(@TempDir Path root) throws Exception {
        install(
                root,
                "ping",
                "#!/bin/sh\ni=0; while [ $i -lt 20000 ]; do echo 'a line of nonsense that is long enough';"
                        + " i=$((i+1)); done\n");
        try (Host host = new Host(new HostPrograms(root))) {
            assertThatExceptionOfType(UspException.class)
                    .isThrownBy(() -> host.ping("127.0.0.1", Map.of()))
                    .satisfies(failure ->
                            assertThat(failure.fault().errMsg()).contains("ping measured nothing: a line of nonsense"));
        }
    }

    @Test
    void a_cancelled_diagnostic_leaves_no_process(@TempDir Path root) throws Exception {
        install(root, "ping", "#!/bin/sh\necho $$ > " + root + "/pid\nexec /bin/sleep 600\n");
        try (Host host = new Host(new HostPrograms(root))) {
            Running running = run(() -> host.ping("127.0.0.1", Map.of()));
            await().atMost(PATIENCE).until(() -> hasText(root.resolve("pid")));
            long pid = Long.parseLong(Files.readString(root.resolve("pid")).strip());
            assertThat(ProcessHandle.of(pid)).isPresent();

            running.thread().interrupt();

            assertThat(running.interrupted().get(30, TimeUnit.SECONDS)).isTrue();
            await().atMost(PATIENCE)
                    .until(() ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void of_a_thousand_at_once_four_run_and_the_others_are_refused_with_7005(@TempDir Path root) throws Exception {
        install(root, "ping", "#!/bin/sh\necho x >> " + root + "/started\nexec /bin/sleep 600\n");
        try (Host host = new Host(new HostPrograms(root))) {
            List<Running> running = new ArrayList<>();
            for (int i = 0; i < Limits.AT_ONCE; i++) {
                running.add(run(() -> host.ping("127.0.0.1", Map.of())));
            }
            await().atMost(PATIENCE)
                    .until(() -> hasText(root.resolve("started"))
                            && Files.readAllLines(root.resolve("started")).size() == Limits.AT_ONCE);
            for (int i = 0; i < 1_000; i++) {
                refused(StandardErrorCode.RESOURCES_EXCEEDED, () -> host.ping("127.0.0.1", Map.of()));
            }
            for (Running each : running) {
                each.thread().interrupt();
                assertThat(each.interrupted().get(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(Files.readAllLines(root.resolve("started"))).hasSize(Limits.AT_ONCE);
        }
    }

    @Test
    void the_ping_of_busybox_is_used_where_there_is_no_other(@TempDir Path root) throws Exception {
        Path busybox = Path.of("/usr/bin/busybox");
        assumeThat(busybox).as("BusyBox is installed").isExecutable();
        Files.createDirectories(root.resolve("bin"));
        Files.createSymbolicLink(root.resolve("bin/busybox"), busybox);
        try (Host host = new Host(new HostPrograms(root))) {
            assertThat(host.ping("127.0.0.1", Map.of()))
                    .containsEntry("Status", "Complete")
                    .containsEntry("SuccessCount", "2");
            refused(StandardErrorCode.COMMAND_FAILURE, () -> host.ping("127.0.0.1", Map.of("DSCP", "10")));
            assertThat(host.trace("127.0.0.1", Map.of("NumberOfTries", "2")))
                    .containsEntry("Status", "Complete")
                    .containsEntry("RouteHops.1.HostAddress", "127.0.0.1");
        }
    }

    private record Running(Thread thread, FutureTask<Boolean> interrupted) {}

    private static Running run(Callable<Map<String, String>> diagnostic) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try {
                return diagnostic.call().isEmpty();
            } catch (InterruptedException cancelled) {
                return true;
            }
        });
        return new Running(Thread.ofVirtual().start(task), task);
    }

    private static boolean hasText(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) > 0;
    }

    private static void install(Path root, String name, String script) throws IOException {
        Path file = root.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static void refused(StandardErrorCode code, ThrowingCallable action) {
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(action)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
