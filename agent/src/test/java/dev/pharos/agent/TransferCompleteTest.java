// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.OperateRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TransferComplete!, which tells how a Download() ended beside its OperationComplete.
final class TransferCompleteTest {
    private static final String IMAGE = "Device.DeviceInfo.FirmwareImage.1.";

    @TempDir
    private Path directory;

    private final ManualClock clock = ManualClock.standing();
    private final CountDownLatch endless = new CountDownLatch(1);

    /// One image, of which the URL says what becomes of it.
    private final class Images implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            return GatewayModel.load()
                    .restrictedTo((object, element) ->
                            object.matches("Device[.]DeviceInfo[.](FirmwareImage|Vendor[A-Z][a-z]+File)[.]\\{i}[.]")
                                    && !element.isEmpty());
        }

        @Override
        public void start(DeviceContext context) {
            context.update(transaction -> {
                transaction.add("Device.DeviceInfo.VendorConfigFile.");
                transaction.add("Device.DeviceInfo.VendorLogFile.");
                return transaction.add("Device.DeviceInfo.FirmwareImage.");
            });
        }

        @Override
        public Map<String, String> operate(CommandCall call) throws InterruptedException {
            switch (call.input("URL", "")) {
                case "http://x/good" -> {}
                case "http://x/bad" -> throw new UspException(StandardErrorCode.COMMAND_FAILURE, "the server is gone");
                default -> endless.await();
            }
            return Map.of();
        }
    }

    private Stage stage(AgentConfig config) {
        return Stage.open(config, clock, AgentSurroundings.NONE.backedBy(() -> List.of(new Images())));
    }

    private static void download(Stage stage, String key, String url) {
        stage.controller()
                .ask(new OperateRequest(
                        IMAGE + "Download()",
                        key,
                        true,
                        Map.of(
                                "URL",
                                url,
                                "AutoActivate",
                                "false",
                                "CheckSumAlgorithm",
                                "SHA-1",
                                "CheckSum",
                                "00112233445566778899aabbccddeeff00112233")));
    }

    private static Notification.Event transfer(Stage stage) {
        return (Notification.Event) stage.controller().nextNotify().notification();
    }

    @Test
    void a_download_that_ends_well_is_told_with_who_wanted_it_and_what_it_was() {
        try (Stage stage = stage(Stage.config())) {
            stage.subscribe("Event", "Device.LocalAgent.TransferComplete!");
            download(stage, "key-7", "http://x/good");
            Notification.Event told = transfer(stage);
            assertThat(told.objPath() + told.eventName()).isEqualTo("Device.LocalAgent.TransferComplete!");
            assertThat(told.params())
                    .containsEntry("Command", IMAGE + "Download()")
                    .containsEntry("CommandKey", "key-7")
                    .containsEntry("Requestor", "Device.LocalAgent.Controller.1")
                    .containsEntry("TransferType", "Download")
                    .containsEntry("Affected", "Device.DeviceInfo.FirmwareImage.1")
                    .containsEntry("TransferURL", "http://x/good")
                    .containsEntry("FaultCode", "0")
                    .containsEntry("FaultString", "")
                    .containsEntry("CheckSumAlgorithm", "SHA-1")
                    .containsEntry("CheckSum", "00112233445566778899aabbccddeeff00112233")
                    .containsKeys("StartTime", "CompleteTime");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Device.DeviceInfo.VendorConfigFile.1,Backup(),Upload",
        "Device.DeviceInfo.VendorConfigFile.1,Restore(),Download",
        "Device.DeviceInfo.VendorLogFile.1,Upload(),Upload"
    })
    void files_that_are_given_away_or_taken_back_are_told_too(String file, String command, String type) {
        try (Stage stage = stage(Stage.config())) {
            stage.subscribe("Event", "Device.LocalAgent.TransferComplete!");
            stage.controller()
                    .ask(new OperateRequest(
                            file + "." + command,
                            "k",
                            true,
                            Map.of("URL", "http://x/good", "Username", "", "Password", "")));
            assertThat(transfer(stage).params())
                    .containsEntry("Command", file + "." + command)
                    .containsEntry("TransferType", type)
                    .containsEntry("Affected", file)
                    .containsEntry("FaultCode", "0");
        }
    }

    @Test
    void a_download_that_fails_is_told_with_its_fault() {
        try (Stage stage = stage(Stage.config())) {
            stage.subscribe("Event", "Device.LocalAgent.TransferComplete!");
            download(stage, "k", "http://x/bad");
            assertThat(transfer(stage).params())
                    .containsEntry("FaultCode", "7022")
                    .containsEntry("FaultString", "the server is gone");
        }
    }

    @Test
    void a_download_that_a_restart_ended_is_told_after_it() throws IOException {
        AgentConfig first = Stage.config().withDataDirectory(directory.resolve("first"));
        Path second = directory.resolve("second");
        try (Stage stage = stage(first)) {
            stage.subscribe("Event", "Device.LocalAgent.TransferComplete!", parameters -> {
                Map<String, String> more = new HashMap<>(parameters);
                more.put("Persistent", "true");
                return more;
            });
            download(stage, "k", "http://x/endless");
            // what a kill -9 would leave
            Files.createDirectories(second);
            try (var files = Files.list(directory.resolve("first"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, second.resolve(file.getFileName()));
                }
            }
        }
        try (Stage stage = stage(Stage.config().withDataDirectory(second))) {
            assertThat(transfer(stage).params())
                    .containsEntry("CommandKey", "k")
                    .containsEntry("FaultCode", "7022")
                    .containsEntry("TransferURL", "")
                    .containsEntry("CheckSumAlgorithm", "Unknown");
        }
    }
}
