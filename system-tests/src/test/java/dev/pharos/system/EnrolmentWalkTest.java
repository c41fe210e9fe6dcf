// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.requirements.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The walk of `docs/enrolment.md`: a login for a batch, an agent that gets its certificate by it and is managed, and
/// the next start, for which the login is gone.
class EnrolmentWalkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ID = "os::00256D-1";

    @TempDir
    Path folder;

    private String pki(String file) {
        return folder.resolve("pki").resolve(file).toString();
    }

    private static JavaProgram agent(RunningServer server, Path data, String ca, List<String> enrolling)
            throws Exception {
        List<String> more = new ArrayList<>(List.of("--device", "simulated", "--ca", ca));
        more.addAll(enrolling);
        return server.agent(
                ID, server.address("wss").replace("127.0.0.1", "localhost"), data, more.toArray(String[]::new));
    }

    private static void isManaged(RunningServer server) throws Exception {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        server.pharos("devices", "online:true").out().toString().contains(ID));
        assertThat(server.pharos("devices", ID, "--json").out().toString()).contains("\"verified\":true");
    }

    @Test
    @Requirement({"R-SEC.10", "R-SEC.9"})
    void a_device_comes_with_what_its_batch_shares_and_goes_on_with_what_is_its_own() throws Exception {
        try (JavaProgram pki = JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), List.of("pki", "--dir", pki("")))) {
            assertThat(pki.awaitExit(PATIENCE)).as(pki.output()).isZero();
        }
        try (RunningServer server = RunningServer.here(
                folder.resolve("server"),
                ("--http 0 --ws off --wss 0 --mqtt off --stomp off --cwmp off --est 0 --cert %s --key %s --ca %s"
                                + " --signer %s --signer-key %s")
                        .formatted(
                                pki("server.pem"),
                                pki("server.key"),
                                pki("authority.pem"),
                                pki("authority.pem"),
                                pki("authority.key"))
                        .split(" "))) {
            RunningServer.Answer made =
                    server.pharos("bootstraps", "batch-7", "--devices", "os::00256D-*", "--most", "5", "--approve");
            assertThat(made.status()).as(made.err().toString()).isZero();
            Path password = folder.resolve("password");
            Files.writeString(password, made.out().get(1).split(" +")[1]);
            Path data = folder.resolve("agent");
            List<String> enrolling = List.of(
                    "--enrol",
                    server.address("est").replace("127.0.0.1", "localhost"),
                    "--bootstrap-username",
                    "batch-7",
                    "--bootstrap-password-file",
                    password.toString());
            try (JavaProgram agent = agent(server, data, pki("authority.pem"), enrolling)) {
                isManaged(server);
                assertThat(agent.isAlive()).isTrue();
            }
            assertThat(server.pharos("bootstraps", "batch-7", "--delete").status())
                    .isZero();
            await().atMost(PATIENCE)
                    .until(() -> !server.pharos("devices", "online:true")
                            .out()
                            .toString()
                            .contains(ID));
            try (JavaProgram agent = agent(server, data, pki("authority.pem"), enrolling)) {
                isManaged(server);
                assertThat(agent.isAlive()).isTrue();
            }
        }
    }
}
