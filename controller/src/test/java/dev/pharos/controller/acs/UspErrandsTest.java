// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.job.CwmpLine;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What waits for a session of TR-069 when the device is there over USP: sessions as they are, and USP by hand.
class UspErrandsTest {
    private static final EndpointId ID = AgentOnPaper.ID;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String A = "Device.A";
    private static final Errand SET = new Errand.SetValues(Map.of(A, "1"));
    private static final Errand ADD = new Errand.AddRow("Device.Table.", Map.of("Name", "one"));

    private final AgentOnPaper paper = new AgentOnPaper();
    private final List<Request<?>> asked = new ArrayList<>();
    private final List<ErrandEnd> ends = new ArrayList<>();
    private boolean settled = true;
    private Way way = this::does;
    private UspErrands errands = server();

    /// What comes of a request over USP.
    @FunctionalInterface
    private interface Way {
        Response call(Request<?> request) throws CallException;
    }

    /// One that knows nothing but what is kept.
    private UspErrands server() {
        return new UspErrands(
                paper.office(),
                (device, request, timeout) -> {
                    asked.add(request);
                    return way.call(request);
                },
                _ -> settled);
    }

    @BeforeEach
    void it_cannot_be_called() {
        paper.comes = false;
        paper.device.values.put(A, "0");
        paper.office().watchedBy((_, end) -> ends.add(end));
    }

    @AfterEach
    void it_stops() {
        errands.close();
        paper.close();
    }

    private Response does(Request<?> request) {
        return switch (request) {
            case SetRequest set -> {
                set.updateObjects()
                        .forEach(object -> object.paramSettings()
                                .forEach(each ->
                                        paper.device.values.put(object.objPath() + each.param(), each.value())));
                yield new SetResponse(List.of());
            }
            case GetRequest get ->
                new GetResponse(get.paramPaths().stream()
                        .map(path -> new GetResponse.RequestedPathResult(path, Optional.empty(), found(path)))
                        .toList());
            case AddRequest add -> {
                AddRequest.CreateObject wanted = add.createObjects().getFirst();
                String row = wanted.objPath() + (1 + rows()) + ".";
                wanted.paramSettings().forEach(each -> paper.device.values.put(row + each.param(), each.value()));
                yield new AddResponse(List.of(new AddResponse.CreatedObjectResult(
                        wanted.objPath(), new AddResponse.OperationSuccess(row, List.of(), Map.of()))));
            }
            case DeleteRequest delete -> {
                delete.objPaths().forEach(row -> paper.device.values.keySet().removeIf(name -> name.startsWith(row)));
                yield new DeleteResponse(List.of());
            }
            case OperateRequest operate ->
                new OperateResponse(List.of(new OperateResponse.OperationResult(
                        operate.command(),
                        operate.command().contains("SoftwareModules")
                                ? new OperateResponse.RequestObject("Device.LocalAgent.Request.1.")
                                : new OperateResponse.OutputArgs(Map.of()))));
            default -> throw new IllegalStateException("not asked for: " + request);
        };
    }

    private long rows() {
        return paper.beneath("Device.Table.").keySet().stream()
                .filter(name -> name.endsWith(".Name"))
                .count();
    }

    private List<GetResponse.ResolvedPathResult> found(String path) {
        int name = path.lastIndexOf('.') + 1;
        String value = paper.device.values.get(path);
        return value == null
                ? List.of()
                : List.of(new GetResponse.ResolvedPathResult(
                        path.substring(0, name), Map.of(path.substring(name), value)));
    }

    private void waits(Errand... all) {
        for (Errand each : all) {
            assertThat(paper.office().ask(ID, each)).isPresent();
        }
    }

    private List<Errand> waiting() {
        return paper.errands.of(ID).stream().map(StoredErrand::errand).toList();
    }

    private void goesOnOverUsp() {
        paper.overUsp(true);
        errands.goOn(ID);
    }

    private void isSwitchedOff() {
        paper.stores
                .twins()
                .put(
                        ID,
                        List.of(new TwinValue(
                                "Device.ManagementServer.EnableCWMP",
                                "false",
                                false,
                                paper.clock.instant(),
                                TwinValue.Source.SET)));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private void awaitEvent(String text) {
        await(() -> paper.stores.events().newest(Optional.of(ID), Long.MAX_VALUE, 1_000).stream()
                .anyMatch(each -> each.event().text().contains(text)));
    }

    @Test
    void what_waits_is_done_in_its_order_once_the_device_is_there_and_is_told_as_over_tr_069() {
        waits(
                SET,
                ADD,
                new Errand.ReadValues(List.of(A, "Device.No")),
                new Errand.DeleteRows(List.of("Device.Table.1.")),
                new Errand.Restart(false));
        errands.goOn(ID);
        assertThat(asked).as("not over USP").isEmpty();

        goesOnOverUsp();

        assertThat(asked)
                .containsExactly(
                        new SetRequest(
                                false,
                                List.of(new SetRequest.UpdateObject(
                                        "Device.", List.of(new ParameterSetting("A", "1", true))))),
                        new AddRequest(
                                false,
                                List.of(new AddRequest.CreateObject(
                                        "Device.Table.", List.of(new ParameterSetting("Name", "one", true))))),
                        new GetRequest(List.of(A, "Device.No"), 0),
                        new DeleteRequest(false, List.of("Device.Table.1.")),
                        new OperateRequest("Device.Reboot()", "pharos-5", true, Map.of()));
        assertThat(ends)
                .containsExactly(
                        new ErrandEnd.Done(true),
                        new ErrandEnd.Added("Device.Table.1."),
                        new ErrandEnd.Read(List.of("Device.No")),
                        new ErrandEnd.Done(true),
                        new ErrandEnd.Done(true));
        awaitEvent("done, as asked at " + paper.clock.instant()
                + ": add a row to Device.Table., which is Device.Table.1.");
        awaitEvent("the device has nothing at Device.No");
        awaitEvent(": reboot");
        assertThat(waiting()).isEmpty();
        errands.goOn(ID);
        assertThat(asked).hasSize(5);
    }

    @Test
    void of_both_protocols_one_writes_at_a_time() {
        waits(SET, ADD);
        settled = false;
        goesOnOverUsp();
        assertThat(asked).as("it is on its way").isEmpty();
        settled = true;
        way = request -> {
            way = this::does;
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
            errands.goOn(ID);
            return does(request);
        };
        goesOnOverUsp();
        assertThat(paper.device.asked).noneMatch(SetParameterValues.class::isInstance);
        assertThat(asked).hasSize(2);
        assertThat(rows()).isEqualTo(1);

        asked.clear();
        waits(SET, new Errand.AddRow("Device.Other.", Map.of("Name", "two")));
        paper.device.onSet = () -> errands.goOn(ID);
        assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
        assertThat(asked).as("a session is under way").isEmpty();
        assertThat(paper.device.values).containsEntry("Device.Other.1.Name", "two");
        assertThat(waiting()).isEmpty();
        errands.goOn(ID);
        assertThat(asked).isEmpty();
    }

    @Test
    void after_a_sudden_end_nothing_is_done_twice() {
        waits(SET, ADD);
        way = request -> {
            if (request instanceof AddRequest) {
                does(request);
                throw new IllegalStateException("killed");
            }
            return does(request);
        };
        paper.overUsp(true);
        assertThatThrownBy(() -> errands.goOn(ID)).hasMessage("killed");
        way = this::does;
        errands = server();
        errands.goOn(ID);
        assertThat(rows()).isEqualTo(1);
        assertThat(ends).containsExactly(new ErrandEnd.Done(true), new ErrandEnd.Uncertain());
        awaitEvent("nobody knows whether it was done, as asked at");

        // what was written stands already
        waits(SET);
        way = request -> {
            does(request);
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(() -> errands.goOn(ID)).hasMessage("killed");
        way = this::does;
        asked.clear();
        errands = server();
        errands.goOn(ID);
        assertThat(asked).containsExactly(new GetRequest(List.of(A), 0));
        assertThat(ends.getLast()).isEqualTo(new ErrandEnd.Done(true));

        // what was not is written
        Errand other = new Errand.SetValues(Map.of(A, "2"));
        waits(other);
        assertThat(paper.errands.attempted(paper.errands.of(ID).getFirst())).isTrue();
        errands.goOn(ID);
        assertThat(paper.device.values).containsEntry(A, "2");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void what_did_not_leave_us_waits_and_what_may_have_is_asked_again_where_it_may_be() {
        waits(ADD, SET);
        way = _ -> {
            throw new DeviceUnreachableException(ID, "it is away", Optional.empty(), false);
        };
        for (int i = 0; i < 5; i++) {
            goesOnOverUsp();
        }
        assertThat(asked).as("the next does not pass it").hasSize(5).allMatch(AddRequest.class::isInstance);
        assertThat(paper.errands.of(ID)).extracting(StoredErrand::attempts).containsOnly(0);

        way = _ -> {
            throw new CallTimedOutException(ID, "no answer", true);
        };
        errands.goOn(ID);
        assertThat(ends).containsExactly(new ErrandEnd.Uncertain());
        for (int i = 0; i < Limits.ATTEMPTS; i++) {
            assertThat(waiting()).containsExactly(SET);
            way = request -> {
                if (request instanceof GetRequest) {
                    return does(request);
                }
                throw new CallTimedOutException(ID, "no answer", true);
            };
            errands.goOn(ID);
        }
        assertThat(ends).containsExactly(new ErrandEnd.Uncertain(), new ErrandEnd.GivenUp());
        assertThat(waiting()).isEmpty();
    }

    @Test
    void what_the_device_refuses_is_told_with_its_words_and_the_next_follows() {
        waits(ADD, SET);
        UspError error = new UspError(
                new Fault(StandardErrorCode.INVALID_ARGUMENTS, "no"),
                List.of(new UspError.ParameterError(
                        "Device.Table.1.Name", new Fault(StandardErrorCode.INVALID_VALUE, "too short"))));
        way = request -> {
            if (request instanceof AddRequest) {
                throw new RequestFailedException(ID, error);
            }
            return does(request);
        };
        goesOnOverUsp();
        assertThat(ends).containsExactly(new ErrandEnd.Declined(error), new ErrandEnd.Done(true));
        awaitEvent(": add a row to Device.Table.: 7004 no; Device.Table.1.Name: 7012 too short");
    }

    @Test
    void modules_are_asked_for_by_the_words_of_usp_and_the_device_tells_how_that_ends() {
        FileLocation place = new FileLocation("https://acs.example/a.zip", "me", "");
        String units = "Device.SoftwareModules.";
        waits(
                new Errand.ChangeModules(
                        "du-1",
                        List.of(
                                new ModuleChange(units + "InstallDU()", "k", new DuOperation.Install(place, "u", "")),
                                new ModuleChange(
                                        units + "DeploymentUnit.2.Uninstall()",
                                        "l",
                                        new DuOperation.Uninstall("v", "1", "e")))),
                new Errand.RequestStates(List.of(new StateChange(
                        units + "ExecutionUnit.1.SetRequestedState()", "m", units + "ExecutionUnit.1.", "Idle"))));
        goesOnOverUsp();
        assertThat(asked)
                .containsExactly(
                        new OperateRequest(
                                units + "InstallDU()",
                                "k",
                                true,
                                Map.of("URL", "https://acs.example/a.zip", "Username", "me", "UUID", "u")),
                        new OperateRequest(units + "DeploymentUnit.2.Uninstall()", "l", true, Map.of()),
                        new OperateRequest(
                                units + "ExecutionUnit.1.SetRequestedState()",
                                "m",
                                true,
                                Map.of("RequestedState", "Idle")));
        assertThat(ends).hasSize(2).allMatch(ErrandEnd.UnderWay.class::isInstance);

        waits(new Errand.ChangeModules(
                "du-2", List.of(new ModuleChange(units + "InstallDU()", "k", new DuOperation.Install(place, "", "")))));
        way = request -> new OperateResponse(List.of(new OperateResponse.OperationResult(
                ((OperateRequest) request).command(),
                new OperateResponse.CommandFailure(new Fault(StandardErrorCode.COMMAND_FAILURE, "full")))));
        errands.goOn(ID);
        awaitEvent(units + "InstallDU() failed: 7022 full");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void what_only_tr_069_has_waits_for_it_and_ends_where_that_is_switched_off() {
        Instant until = paper.clock.instant().plusSeconds(60);
        Errand log = new Errand.SendFile(
                new UploadType(UploadType.Content.LOG, OptionalLong.of(1)).text(), "https://acs.example/1", "k", until);
        Errand ping = new Errand.SetValues(Map.of("Device.IP.Diagnostics.IPPing.DiagnosticsState", "Requested"));
        Errand look = new Errand.ReadValues(List.of("Device.IP.Diagnostics.IPPing."));
        Errand own = new Errand.SetValues(Map.of("InternetGatewayDevice.A", "1"));
        waits(log, ping, SET, look, own);
        goesOnOverUsp();
        assertThat(waiting()).containsExactly(log, ping, look, own);
        assertThat(asked).hasSize(1);

        isSwitchedOff();
        errands.goOn(ID);
        assertThat(waiting()).isEmpty();
        assertThat(ends)
                .hasSize(5)
                .filteredOn(ErrandEnd.Declined.class::isInstance)
                .hasSize(3);
        assertThat(ends).contains(new ErrandEnd.Read(List.of("Device.IP.Diagnostics.IPPing.")));
        awaitEvent("TR-069 is switched off on the device, and over USP there is nothing for what waited");

        waits(log);
        paper.clock.advance(Duration.ofSeconds(60));
        errands.goOn(ID);
        assertThat(ends.getLast()).isEqualTo(new ErrandEnd.Overdue());
    }

    @Test
    void what_is_left_when_a_device_goes_back_is_done_over_tr_069() {
        waits(SET, ADD);
        way = request -> {
            paper.overUsp(false);
            throw new DeviceUnreachableException(ID, "it has left", Optional.empty(), false);
        };
        goesOnOverUsp();
        assertThat(waiting()).hasSize(2);
        assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
        assertThat(waiting()).isEmpty();
        assertThat(paper.device.values).containsEntry(A, "1");
        assertThat(rows()).isEqualTo(1);
        assertThat(ends).hasSize(2).first().isEqualTo(new ErrandEnd.Done(true));
    }

    @Test
    void whoever_waits_gets_the_same_answer_by_either_way() throws Exception {
        paper.comes = true;
        paper.dawdles = true;
        CompletableFuture<Asked> person = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                person.complete(paper.office().askNow(ID, ADD, PATIENCE));
            } catch (InterruptedException | RuntimeException failed) {
                person.completeExceptionally(failed);
            }
        });
        await(() -> !waiting().isEmpty());
        goesOnOverUsp();
        assertThat(person.get()).isEqualTo(new Asked.Ended(new ErrandEnd.Added("Device.Table.1.")));

        paper.overUsp(false);
        UspError error = new UspError(new Fault(StandardErrorCode.PERMISSION_DENIED, "not by you"));
        way = _ -> {
            throw new RequestFailedException(ID, error);
        };
        CwmpLine line = new CwmpLine(
                (_, _, _) -> {
                    throw new IllegalStateException("it was managed over TR-069 when it was asked");
                },
                paper.office(),
                paper.stores.twins());
        CompletableFuture<Response> job = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                job.complete(line.call(
                        ID,
                        new SetRequest(
                                false,
                                List.of(new SetRequest.UpdateObject(
                                        "Device.", List.of(new ParameterSetting("A", "7", true))))),
                        PATIENCE));
            } catch (CallException | RuntimeException failed) {
                job.completeExceptionally(failed);
            }
        });
        await(() -> !waiting().isEmpty());
        goesOnOverUsp();
        assertThatThrownBy(job::get)
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailedException.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
    }

    @Test
    void it_is_done_by_itself_as_soon_as_the_device_is_there() {
        errands.start();
        waits(SET);
        paper.overUsp(true);
        errands.eventStored(new StoredEvent(
                1, DeviceEvent.of(paper.clock.instant(), Optional.of(ID), EventKind.ONLINE, "it is there")));
        await(() -> waiting().isEmpty());
        assertThat(paper.device.values).containsEntry(A, "1");
    }
}
