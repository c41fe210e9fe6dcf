// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.trust.FactoryChallenge;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse.OutputArgs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The passphrase on the label of a device.
final class FactoryChallengeTest {
    private static final String TRUST = "Device.LocalAgent.ControllerTrust.";
    private static final GetRequest NAME = new GetRequest(List.of("Device.Home.Name"), 0);
    private static final DeviceIdentity DEVICE = new DeviceIdentity("00256D", "Home", "ABCD2345WXYZ");
    private static final EndpointId AGENT = EndpointId.of("os::00256D-ABCD2345WXYZ");

    @TempDir
    private Path folder;

    private final FactoryChallenge label = FactoryChallenge.draw(new SecureRandom());

    private Stage open() {
        return Stage.labelled(
                Stage.config(List.of(
                        ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
                        ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED))),
                label);
    }

    private static Map<String, String> run(Stage stage, String command, Map<String, String> inputs) {
        return ((OutputArgs) stage.controller(1)
                        .ask(new OperateRequest(TRUST + command, "", true, inputs))
                        .operationResults()
                        .getFirst()
                        .outcome())
                .outputArgs();
    }

    private static boolean reads(Stage stage) {
        return stage.controller(1)
                .ask(NAME)
                .requestedPathResults()
                .getFirst()
                .fault()
                .isEmpty();
    }

    @Test
    @Requirement("R-SEC.13")
    void who_reads_the_label_gets_the_rights_that_go_with_the_device() {
        try (Stage stage = open()) {
            assertThat(reads(stage)).isFalse();

            Map<String, String> asked = run(stage, "RequestChallenge()", Map.of("ChallengeRef", TRUST + "Challenge.1"));
            run(
                    stage,
                    "ChallengeResponse()",
                    Map.of(
                            "ChallengeID",
                            asked.getOrDefault("ChallengeID", ""),
                            "Value",
                            Base64.getEncoder()
                                    .encodeToString(label.passphrase().getBytes(StandardCharsets.UTF_8))));

            assertThat(reads(stage)).isTrue();
        }
    }

    @Test
    @Requirement("R-SEC.15")
    void the_agent_tells_it_to_nobody() {
        String encoded = Base64.getEncoder().encodeToString(label.passphrase().getBytes(StandardCharsets.UTF_8));
        try (Stage stage = open()) {
            for (int controller = 0; controller < 2; controller++) {
                String all = stage.controller(controller)
                        .ask(new GetRequest(List.of("Device."), 0))
                        .toString();
                assertThat(all).doesNotContain(label.passphrase()).doesNotContain(encoded);
            }
            assertThat(stage.value(TRUST + "Challenge.1.Value")).isEmpty();
        }
        assertThat(label.toString()).doesNotContain(label.passphrase());
    }

    @Test
    @Requirement({"R-SEC.14", "R-SEC.15"})
    void it_is_drawn_by_chance_so_that_devices_of_one_kind_have_nothing_in_common() {
        SecureRandom chance = new SecureRandom();
        Set<String> drawn = new HashSet<>();
        for (int device = 0; device < 10_000; device++) {
            drawn.add(FactoryChallenge.draw(chance).passphrase());
        }
        assertThat(drawn).hasSize(10_000);
        for (int position = 0; position < 19; position++) {
            int at = position;
            long different =
                    drawn.stream().map(text -> text.charAt(at)).distinct().count();
            assertThat(different).as("at " + at).isEqualTo(at % 5 == 4 ? 1 : 32);
        }
    }

    private Path file(String content, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("label"), content + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    @Test
    @Requirement("R-SEC.15")
    void one_that_repeats_what_the_device_says_of_itself_is_refused() throws IOException {
        for (String told : List.of("2222-ABCD-2345-WXYZ", "222A-BCD2-3452-2222", "ZYXW-5432-2222-2222")) {
            Path file = file(told, "rw-------");
            assertThatThrownBy(() -> FactoryChallenge.read(file, AGENT, DEVICE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("repeats what the device says of itself")
                    .hasMessageNotContaining(told);
        }
        assertThat(FactoryChallenge.read(file(label.passphrase(), "rw-------"), AGENT, DEVICE))
                .isEqualTo(label);
    }

    @Test
    void a_file_that_others_can_read_is_refused() throws IOException {
        Path file = file(label.passphrase(), "rw-r-----");
        assertThatThrownBy(() -> FactoryChallenge.read(file, AGENT, DEVICE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "admin", "password", "1234", "0000-0000-0000-0000", "ABCD-EFGH-JKLM", "abcd-efgh-jklm-npqr"})
    @Requirement("R-SEC.14")
    void words_and_defaults_are_no_passphrases(String weak) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FactoryChallenge(weak));
    }
}
