// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.DuState;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

/// What becomes of what an ACS orders of software modules, over restarts of the device.
class ModuleOrdersTest {
    private static final String MODULES = "Device.SoftwareModules.";
    private static final String ONE = "11111111-1111-5111-8111-111111111111";
    private static final String TWO = "22222222-2222-5222-8222-222222222222";
    private static final FileLocation NOWHERE = new FileLocation("", "", "");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String POLICY = "Device.ManagementServer.DUStateChangeComplPolicy.";
    private static final String MODEL = """
            model urn:broadband-forum-org:tr-181-2-19-0

            object Device. readOnly

            object Device.ManagementServer. readOnly

            object Device.ManagementServer.DUStateChangeComplPolicy. readOnly
              param Enable readOnly boolean default=false
              param OperationTypeFilter readOnly string
              param ResultTypeFilter readOnly string default=Both
              param FaultCodeFilter readOnly string

            object Device.SoftwareModules. readOnly
              command InstallDU() async
                in URL string
                in UUID string
                in Username string
                in Password string
              event DUStateChange!
                arg UUID string
                arg DeploymentUnitRef string
                arg Version string
                arg CurrentState string
                arg StartTime dateTime
                arg OperationPerformed string
                arg Fault.FaultCode unsignedInt
                arg Fault.FaultString string

            object Device.SoftwareModules.DeploymentUnit.{i}. readOnly key DUID
              param DUID readOnly string
              param UUID readOnly string
              param Version readOnly string
              param URL readOnly string
              command Update() async
                in URL string
                in RetainData boolean
              command Uninstall() async
            """;

    @TempDir
    Path folder;

    private final SharedTimer timer = new SharedTimer();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final Map<String, String> policy = new HashMap<>();
    private CountDownLatch stalled = new CountDownLatch(1);
    private boolean stalls;
    private boolean room = true;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Device device;

    @SuppressWarnings("NullAway.Init") // set before each test
    private InstantiatedDataModel model;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ModuleOrders orders;

    /// A device with two versions of one unit and one of another, which tells how each of its operations has ended.
    private final class Device implements ServiceElement {
        private Optional<DeviceContext> context = Optional.empty();

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
            context = Optional.of(started);
            started.update(transaction -> {
                int number = 0;
                for (String unit : List.of(ONE + " 1.0", ONE + " 2.0", TWO + " 1.0")) {
                    number++;
                    String row = transaction.add(MODULES + "DeploymentUnit.", Map.of("DUID", "" + number));
                    transaction.set(row + "UUID", unit.split(" ")[0]);
                    transaction.set(row + "Version", unit.split(" ")[1]);
                    transaction.set(row + "URL", "http://h/" + number);
                }
                policy.forEach((name, value) -> transaction.set(POLICY + name, value));
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
            String operation = call.command().name().replaceAll("DU|[()]", "");
            boolean refuses = call.input("URL", "").endsWith("/bad");
            tell(operation, call.object().value("UUID").orElse("new"), Instant.now(), refuses ? 7226 : 0);
            if (refuses) {
                throw new UspException(ErrorCode.of(7226), "it is there already");
            }
            return Map.of();
        }

        void tell(String operation, String uuid, Instant start, int fault) {
            context.orElseThrow()
                    .raise(
                            MODULES,
                            "DUStateChange!",
                            Map.of(
                                    "UUID",
                                    uuid,
                                    "Version",
                                    "1.0",
                                    "CurrentState",
                                    operation.equals("Uninstall") ? "Uninstalled" : "Installed",
                                    "OperationPerformed",
                                    operation,
                                    "StartTime",
                                    start.toString(),
                                    "Fault.FaultCode",
                                    "" + fault,
                                    "Fault.FaultString",
                                    fault == 0 ? "" : "it is there already"));
        }
    }

    @BeforeEach
    void start() throws IOException {
        device = new Device();
        model = InstantiatedDataModel.start(List.of(device), ChangeJournal.none());
        orders = new ModuleOrders(
                model,
                new KeptContact(folder).modules(),
                AgentRuntime.with(timer),
                report -> room && reports.add(report));
        orders.resume();
    }

    @AfterEach
    void stop() {
        orders.close();
        model.close();
    }

    @AfterEach
    void end() {
        timer.close();
    }

    private void restart() throws IOException {
        stop();
        start();
    }

    private static DuOperation install(String url) {
        return new DuOperation.Install(new FileLocation(url, "me", "word"), "", "");
    }

    private void order(DuOperation... operations) {
        assertThat(orders.change(new ChangeDuState(List.of(operations), "key"))).isTrue();
        orders.go();
    }

    private List<DuResult> told() throws Exception {
        Report report = reports.poll(60, TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        assertThat(report.events())
                .extracting(EventStruct::toString)
                .anyMatch(text -> text.contains("DU_STATE_CHANGE_COMPLETE"))
                .anyMatch(text -> text.contains("CHANGE_DU_STATE") && text.contains("key"));
        // the order is forgotten only when the report is kept
        await().atMost(PATIENCE).until(() -> new KeptModules(folder).orders().isEmpty());
        return ((DuStateChangeComplete) report.request()).results();
    }

    private List<Integer> faults() throws Exception {
        return told().stream()
                .map(each -> each.outcome().fault().faultCode().code())
                .toList();
    }

    private List<String> commands() {
        List<String> all = new ArrayList<>();
        commands.drainTo(all);
        return all;
    }

    @Test
    void each_operation_has_its_result_in_order_and_one_that_fails_does_not_hold_up_the_others() throws Exception {
        order(install("http://h/bad"), install("http://h/good"), new DuOperation.Uninstall(TWO, "", ""));
        List<DuResult> results = told();
        assertThat(results)
                .extracting(each -> each.outcome().fault().faultCode().code())
                .containsExactly(9026, 0, 0);
        assertThat(results.getFirst().outcome().fault().faultString()).isEqualTo("it is there already");
        assertThat(results.getLast().currentState()).isEqualTo(DuState.UNINSTALLED);
        assertThat(commands())
                .hasSize(3)
                .anyMatch(each -> each.contains("Username=me") && each.contains("Password=word"))
                .last()
                .asString()
                .startsWith(MODULES + "DeploymentUnit.3.Uninstall()");
    }

    @Test
    void what_cannot_be_is_told_by_the_codes_of_tr_069_and_nothing_is_done() throws Exception {
        order(
                new DuOperation.Uninstall("no-uuid", "", ""),
                new DuOperation.Uninstall("33333333-3333-5333-8333-333333333333", "", ""),
                new DuOperation.Update(ONE, "", NOWHERE),
                new DuOperation.Update("", "", new FileLocation("http://h/unknown", "", "")),
                new DuOperation.Uninstall(ONE, "9.0", ""),
                new DuOperation.Uninstall("", "", ""),
                install(""));
        assertThat(faults()).containsExactly(9022, 9028, 9031, 9028, 9028, 9003, 9003);
        assertThat(commands()).isEmpty();
    }

    @Test
    void one_that_means_several_has_a_result_for_each() throws Exception {
        order(new DuOperation.Uninstall(ONE, "", ""), new DuOperation.Update("", "", NOWHERE));
        assertThat(faults()).hasSize(5).containsOnly(0);
        assertThat(commands())
                .hasSize(5)
                .anyMatch(each -> each.startsWith(MODULES + "DeploymentUnit.2.Uninstall()"))
                .anyMatch(each -> each.contains("DeploymentUnit.3.Update() {RetainData=true}"));
        order(new DuOperation.Update("", "", new FileLocation("http://h/2", "", "")));
        assertThat(faults()).containsExactly(0);
        assertThat(commands()).singleElement().asString().contains("DeploymentUnit.2.Update()");
    }

    @Test
    void an_operation_under_way_when_the_device_restarts_is_not_begun_again_and_ends_as_the_modules_say()
            throws Exception {
        stalls = true;
        Instant began = Instant.now().minusSeconds(5);
        order(install("http://h/good"), install("http://h/bad"));
        stalled.await();
        stalls = false;
        restart();
        assertThat(Files.readString(folder.resolve(KeptModules.FILE))).contains("begun");
        device.tell("Uninstall", TWO, began, 0);
        device.tell("Install", ONE, began, 0);
        assertThat(faults()).containsExactly(0, 9026);
        assertThat(commands()).hasSize(2).last().asString().contains("/bad");
    }

    @Test
    void an_order_that_could_not_be_told_is_told_later_and_never_twice() throws Exception {
        room = false;
        order(install("http://h/good"));
        await().atMost(PATIENCE)
                .until(() -> new KeptModules(folder)
                        .first()
                        .filter(ModuleOrder::isDone)
                        .isPresent());
        room = true;
        restart();
        assertThat(faults()).containsExactly(0);
        restart();
        assertThat(reports).isEmpty();
        assertThat(commands()).hasSize(1);
    }

    @Test
    void what_others_do_is_told_where_the_acs_wants_to_hear_it_and_once_after_a_restart() throws Exception {
        device.tell("Install", ONE, Instant.now(), 0);
        assertThat(reports).isEmpty();
        policy.putAll(Map.of("Enable", "true", "OperationTypeFilter", "Install,Update", "FaultCodeFilter", "9026"));
        restart();
        Instant before = Instant.now().minusSeconds(60);
        device.tell("Install", ONE, before, 0);
        device.tell("Install", ONE, before, 0);
        device.tell("Uninstall", ONE, Instant.now().plusSeconds(1), 0);
        device.tell("Update", ONE, Instant.now().plusSeconds(1), 7226);
        device.tell("Install", ONE, Instant.now().plusSeconds(1), 7226);
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.events())
                        .singleElement()
                        .asString()
                        .contains("AUTONOMOUS_DU_STATE_CHANGE_COMPLETE"));
        AutonomousDuStateChangeComplete last =
                (AutonomousDuStateChangeComplete) List.copyOf(reports).getLast().request();
        assertThat(last.results().getFirst().operationPerformed()).isEqualTo("Install");
        policy.put("ResultTypeFilter", "Success");
        restart();
        device.tell("Install", ONE, Instant.now().plusSeconds(1), 7226);
        assertThat(reports).hasSize(2);
    }

    @Test
    void more_than_can_be_kept_is_refused_and_what_was_kept_and_cannot_be_read_is_said() throws Exception {
        List<DuOperation> many = new ArrayList<>();
        for (int i = 0; i <= Limits.MODULE_OPERATIONS; i++) {
            many.add(install("http://h/good"));
        }
        assertThat(orders.change(new ChangeDuState(many, "key"))).isFalse();
        stalls = true;
        for (int i = 0; i < Limits.MODULE_ORDERS; i++) {
            order(install("http://h/good"));
        }
        assertThat(orders.change(new ChangeDuState(List.of(install("http://h/good")), "key")))
                .isFalse();
        stop();
        Files.writeString(folder.resolve(KeptModules.FILE), "order.0 = nonsense\n");
        assertThat(catchException(() -> new KeptModules(folder))).hasMessageContaining("delete it to go on");
        Files.delete(folder.resolve(KeptModules.FILE));
        start();
    }
}
