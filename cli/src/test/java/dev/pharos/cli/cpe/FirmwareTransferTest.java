// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.store.FileJournal;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of firmware that an ACS orders, over restarts of the device.
class FirmwareTransferTest {
    private static final String MODEL = """
            model urn:broadband-forum-org:tr-181-2-19-0

            object Device. readOnly

            object Device.DeviceInfo. readOnly
              param ActiveFirmwareImage readOnly string

            object Device.DeviceInfo.FirmwareImage.{i}. readOnly key Alias
              param Alias readWrite string
              command Download() async
                in URL string
                in AutoActivate boolean
                in Username string
                in Password string
                in FileSize unsignedLong
              command Activate() async
            """;

    @TempDir
    Path folder;

    private final SharedTimer timer = new SharedTimer();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private int active = 1;
    private boolean stalls;
    private boolean refuses;

    @SuppressWarnings("NullAway.Init") // set before each test
    private InstantiatedDataModel model;

    @SuppressWarnings("NullAway.Init") // set before each test
    private FirmwareTransfer transfer;

    /// A device with two places for firmware, one of which runs.
    private final class Device implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            try {
                return ModelFormat.read(new StringReader(MODEL), "test");
            } catch (IOException | ModelFormatException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void start(DeviceContext started) {
            started.update(transaction -> {
                for (String image : List.of("one", "two")) {
                    transaction.add("Device.DeviceInfo.FirmwareImage.", Map.of("Alias", image));
                }
                transaction.set("Device.DeviceInfo.ActiveFirmwareImage", "Device.DeviceInfo.FirmwareImage." + active);
                return "";
            });
        }

        @Override
        public Map<String, String> operate(CommandCall call) throws InterruptedException {
            commands.add(call.object().path() + call.command().name() + " " + call.inputs());
            if (stalls) {
                stalled.countDown();
                Thread.sleep(60_000);
            }
            if (refuses) {
                throw new UspException(StandardErrorCode.COMMAND_FAILURE, "the check sum does not match");
            }
            return Map.of();
        }
    }

    @BeforeEach
    void start() throws IOException {
        Files.deleteIfExists(folder.resolve("datamodel.journal"));
        model = InstantiatedDataModel.start(
                List.of(new Device()), FileJournal.open(folder.resolve("datamodel.journal")));
        transfer = new FirmwareTransfer(model, new KeptContact(folder), AgentRuntime.with(timer), reports::add);
    }

    @AfterEach
    void stop() {
        transfer.close();
        model.close();
    }

    @AfterEach
    void end() {
        timer.close();
    }

    private void restart() throws IOException {
        stop();
        start();
        transfer.resume();
    }

    private static Download order() {
        return new Download(
                "key",
                "1 Firmware Upgrade Image",
                new FileLocation("http://127.0.0.1:1/box-2.0.img?secret", "box", "pw"),
                new TargetFile(1_000, ""),
                Duration.ZERO,
                new ResultPages("", ""));
    }

    private String command() throws InterruptedException {
        return Optional.ofNullable(commands.poll(30, TimeUnit.SECONDS)).orElse("nothing");
    }

    private TransferComplete told() throws Exception {
        Report report = reports.poll(30, TimeUnit.SECONDS);
        // the order is forgotten only when the report is kept
        for (int i = 0; i < 600 && new KeptContact(folder).firmware().isPresent(); i++) {
            Thread.sleep(50);
        }
        assertThat(report).isNotNull();
        assertThat(report.events())
                .extracting(EventStruct::toString)
                .hasSize(2)
                .anyMatch(text -> text.contains("TRANSFER_COMPLETE"))
                .anyMatch(text -> text.contains("DOWNLOAD") && text.contains("key"));
        assertThat(report.request()).isInstanceOf(TransferComplete.class);
        return (TransferComplete) report.request();
    }

    @Test
    void it_is_fetched_into_the_image_that_does_not_run_and_told_of_when_it_runs() throws Exception {
        assertThat(transfer.isPossible()).isTrue();
        assertThat(transfer.take(order())).isTrue();
        assertThat(commands).isEmpty();
        transfer.go();
        assertThat(command())
                .startsWith("Device.DeviceInfo.FirmwareImage.2.Download()")
                .contains("FileSize=1000", "AutoActivate=false", "Username=box", "Password=pw");
        assertThat(command()).startsWith("Device.DeviceInfo.FirmwareImage.2.Activate()");
        assertThat(reports).isEmpty();
        active = 2;
        restart();
        TransferComplete complete = told();
        assertThat(complete.commandKey()).isEqualTo("key");
        assertThat(complete.outcome().fault().isFault()).isFalse();
        assertThat(transfer.take(order())).isTrue();
    }

    @Test
    void what_the_device_does_not_take_is_told_at_once_and_the_next_order_is_taken() throws Exception {
        refuses = true;
        transfer.take(order());
        transfer.go();
        TransferComplete failed = told();
        assertThat(failed.outcome().fault().faultCode().code()).isEqualTo(9010);
        assertThat(failed.outcome().fault().faultString()).contains("check sum");
        assertThat(command()).contains("Download()");
        assertThat(transfer.take(order())).isTrue();
    }

    @Test
    void another_order_is_refused_while_one_is_under_way() {
        assertThat(transfer.take(order())).isTrue();
        assertThat(transfer.take(order())).isFalse();
    }

    @Test
    void a_device_that_lost_its_power_over_it_goes_on_but_not_for_ever() throws Exception {
        stalls = true;
        transfer.take(order());
        transfer.go();
        assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < Limits.FIRMWARE_TRIES - 1; i++) {
            assertThat(command()).contains("Download()");
            restart();
        }
        assertThat(command()).contains("Download()");
        assertThat(reports).isEmpty();
        restart();
        assertThat(told().outcome().fault().faultString()).contains("restarts over it");
    }

    @Test
    void a_device_that_goes_on_with_the_old_is_started_with_the_new_again_and_then_given_up() throws Exception {
        transfer.take(order());
        transfer.go();
        assertThat(command()).contains("Download()");
        for (int i = 0; i < Limits.FIRMWARE_TRIES; i++) {
            assertThat(command()).contains("Activate()");
            restart();
        }
        assertThat(told().outcome().fault().faultString()).contains("does not start with it");
        assertThat(commands).isEmpty();
    }
}
