// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.job.CwmpLine;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.acs.AcsSessions;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jobs with a device of TR-069: the same requests and answers as over USP, done now or not at all.
class CwmpLineTest {
    private static final EndpointId ID = EndpointId.of("ops::00256D-Box-S%201");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Caller CALLER = new Caller("127.0.0.1:5", true, Optional.empty(), Optional.empty());

    private final Stores stores = InMemoryStores.create();
    private final UspController controller =
            new UspController(ControllerSettings.of(stores).withClock(ManualClock.standing()));
    private final InMemoryErrands errands = new InMemoryErrands();
    private final InMemoryNotices notices = new InMemoryNotices();
    private boolean comes = true;
    private boolean breaksOff;
    private final AcsOffice office = controller.acs(new AcsOffice.Errands(
            errands,
            notices,
            new InMemoryModuleOrders(),
            new InMemoryOpenTransfers(),
            _ -> Credentials.NONE,
            new InMemoryBrokerLogins(),
            new InMemoryCwmpNames(stores),
            new Calling() {
                @Override
                public Optional<Login> loginFor(EndpointId device) {
                    return Optional.of(new Login("us", "word"));
                }

                @Override
                public Optional<String> callOverUdp(InetSocketAddress address, Login login) {
                    return Optional.of("there is no NAT");
                }

                @Override
                public Optional<String> call(String url, Login login) {
                    if (!comes) {
                        return Optional.of("nobody answers");
                    }
                    session(StandardEvent.CONNECTION_REQUEST);
                    return Optional.empty();
                }
            }));
    private final AtomicInteger drawn = new AtomicInteger();
    private final AcsSessions sessions =
            new AcsSessions(office, ManualClock.standing(), () -> "c" + drawn.incrementAndGet());
    private final PaperDevice device = new PaperDevice();
    private final Outbox outbox = new Outbox(Outbox.Contents.NOTHING, contents -> {});
    private final CwmpLine line = new CwmpLine(
            (id, request, timeout) -> {
                throw new DeviceUnreachableException(id, "not over USP", Optional.empty(), false);
            },
            office,
            stores.twins());

    CwmpLineTest() throws IOException {
        controller.start();
    }

    @BeforeEach
    void the_device_is_known_and_can_be_called() {
        device.values.put("Device.ManagementServer.ConnectionRequestURL", "http://127.0.0.1:4567/x");
        device.values.put("Device.ManagementServer.ConnectionRequestUsername", "");
        session(StandardEvent.BOOTSTRAP);
        device.asked.clear();
    }

    @AfterEach
    void it_stops() {
        controller.close();
    }

    private void session(StandardEvent event) {
        outbox.add(new EventStruct(event, ""));
        // where it breaks off: after the Inform and the empty message, with the first request unanswered
        assertThat(device.session(sessions, outbox, CALLER, breaksOff ? 2 : Integer.MAX_VALUE))
                .isNotNull();
        if (breaksOff) {
            sessions.close();
        }
    }

    private Response call(Request<?> request) throws CallException {
        return line.call(ID, request, PATIENCE);
    }

    private static SetRequest set(String object, String parameter, String value) {
        return new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(object, List.of(new ParameterSetting(parameter, value, true)))));
    }

    private static OperateRequest reboot() {
        return new OperateRequest("Device.Reboot()", "key", true, Map.of());
    }

    @Test
    void reads_writes_rows_and_restarts_are_answered_as_over_usp() throws Exception {
        GetResponse read = (GetResponse) call(
                new GetRequest(List.of("Device.DeviceInfo.", "Device.Hosts.Host.7.HostName", "Device.Nothing."), 0));
        assertThat(read.requestedPathResults()
                        .getFirst()
                        .resolvedPathResults()
                        .getFirst()
                        .resultParams())
                .containsEntry("ModelName", "Box 7");
        assertThat(read.requestedPathResults()
                        .get(1)
                        .resolvedPathResults()
                        .getFirst()
                        .resultParams())
                .containsExactly(Map.entry("HostName", "host-7"));
        assertThat(read.requestedPathResults().get(2).fault()).isPresent();
        SetResponse written = (SetResponse) call(set("Device.DeviceInfo.", "ModelName", "Box 8"));
        assertThat(written.updatedObjectResults().getFirst().operationStatus())
                .isInstanceOf(SetResponse.OperationSuccess.class);
        assertThat(device.values).containsEntry("Device.DeviceInfo.ModelName", "Box 8");
        AddRequest add = new AddRequest(
                false,
                List.of(new AddRequest.CreateObject(
                        "Device.Table.", List.of(new ParameterSetting("Name", "first", true)))));
        assertThat(((AddResponse) call(add)).createdObjectResults().getFirst().operationStatus())
                .isEqualTo(new AddResponse.OperationSuccess("Device.Table.1.", List.of(), Map.of()));
        DeleteResponse deleted = (DeleteResponse) call(new DeleteRequest(false, List.of("Device.Table.1.")));
        assertThat(deleted.deletedObjectResults()).hasSize(1);
        assertThat(((OperateResponse) call(reboot()))
                        .operationResults()
                        .getFirst()
                        .executedCommand())
                .isEqualTo("Device.Reboot()");
        assertThat(device.asked).filteredOn(Reboot.class::isInstance).hasSize(1);
    }

    @Test
    void what_it_refuses_and_what_tr_069_does_not_have_fails_with_a_code_of_usp() {
        assertThatThrownBy(() -> call(set("Device.", "Locked", "1")))
                .isInstanceOfSatisfying(RequestFailedException.class, failed -> {
                    assertThat(failed.error().fault().errCode().code()).isEqualTo(7004);
                    assertThat(failed.error()
                                    .parameterErrors()
                                    .getFirst()
                                    .fault()
                                    .errCode()
                                    .code())
                            .isEqualTo(7013);
                });
        for (Request<?> request : List.of(
                new GetInstancesRequest(List.of("Device."), true),
                new GetRequest(List.of("Device.Hosts.Host.*.HostName"), 0),
                new OperateRequest("Device.Other()", "", true, Map.of()),
                new DeleteRequest(false, List.of("Device.Table.[Name==\"x\"].")))) {
            assertThatThrownBy(() -> call(request))
                    .isInstanceOfSatisfying(
                            RequestFailedException.class,
                            failed -> assertThat(failed.reason()).contains("7001", "TR-069"));
        }
        assertThat(errands.of(ID)).isEmpty();
    }

    @Test
    void what_cannot_be_done_now_is_not_done_later_and_the_next_session_waits_for_who_asks_again() throws Exception {
        comes = false;
        assertThatThrownBy(() -> call(reboot())).isInstanceOfSatisfying(DeviceUnreachableException.class, away -> {
            assertThat(away.sent()).isFalse();
            assertThat(away.reason()).contains("nobody answers");
        });
        assertThat(errands.of(ID)).isEmpty();
        Thread comesByItself = Thread.ofVirtual().start(() -> session(StandardEvent.PERIODIC));
        Optional<Response> answer = Optional.empty();
        while (answer.isEmpty() && comesByItself.isAlive()) {
            try {
                answer = Optional.of(call(reboot()));
            } catch (DeviceUnreachableException notYetHere) {
                Thread.onSpinWait();
            }
        }
        comesByItself.join();
        assertThat(answer).containsInstanceOf(OperateResponse.class);
        assertThat(device.asked).filteredOn(Reboot.class::isInstance).hasSize(1);
    }

    @Test
    void a_restart_whose_answer_never_comes_may_have_happened() {
        breaksOff = true;
        assertThatThrownBy(() -> call(reboot()))
                .isInstanceOfSatisfying(
                        CallTimedOutException.class,
                        late -> assertThat(late.sent()).isTrue());
        assertThat(errands.of(ID)).isEmpty();
    }

    @Test
    void what_is_withdrawn_is_never_asked() {
        comes = false;
        StoredErrand stored =
                office.ask(ID, new Errand.ReadValues(List.of("Device.A"))).orElseThrow();
        assertThat(errands.withdraw(stored)).hasValue(0);
        assertThat(errands.withdraw(stored)).isEmpty();
        assertThat(errands.attempted(stored)).isFalse();
    }
}
