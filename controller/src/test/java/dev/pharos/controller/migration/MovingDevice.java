// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.pharos.controller.acs.AgentOnPaper;
import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A device on paper on its way from TR-069 to USP, and back: sessions of TR-069 as they are, and USP by hand.
final class MovingDevice implements AutoCloseable {
    static final EndpointId ID = AgentOnPaper.ID;
    static final String ENABLE = "Device.ManagementServer.EnableCWMP";
    static final String INTERVAL = "Device.ManagementServer.PeriodicInformInterval";
    static final String SERIAL = "Device.DeviceInfo.SerialNumber";
    static final UspDoor DOOR =
            new UspDoor(EndpointId.of("self::pharos"), "acs.example", 8183, true, new UspDoor.Way.WebSocket("/usp"));
    static final String FROM = "127.0.0.1:5";
    static final MigrationPlan PLAN = new MigrationPlan(
            DOOR, new Crossing("ws", false, Duration.ofSeconds(60), false), "somebody", OptionalLong.empty(), FROM);

    final AgentOnPaper paper = new AgentOnPaper();
    final InMemoryMigrations store = new InMemoryMigrations();
    final List<String> told = new ArrayList<>();
    /// What the device says over USP otherwise than over TR-069.
    final Map<String, String> otherwise = new TreeMap<>();
    boolean overUsp;
    boolean answers = true;
    boolean loses;
    boolean refuses;
    MigrationRunner runner = server();

    MovingDevice() {
        paper.comes = false;
    }

    /// One that knows nothing but what is kept.
    MigrationRunner server() {
        return new MigrationRunner(new MigrationRunner.Parts(
                store, paper.office(), usp(), paper.stores.twins(), (_, text) -> told.add(text), paper.clock));
    }

    @Override
    public void close() {
        runner.close();
        paper.close();
    }

    DeviceLine usp() {
        return (device, request, timeout) -> {
            if (!overUsp || !answers) {
                throw new DeviceUnreachableException(device, "it is away", Optional.empty(), false);
            }
            if (refuses) {
                throw new RequestFailedException(
                        device, new UspError(new Fault(StandardErrorCode.PERMISSION_DENIED, "not by you")));
            }
            Response response = answer(request);
            if (loses) {
                throw new DeviceUnreachableException(device, "its answer was lost", Optional.empty(), true);
            }
            return response;
        };
    }

    Response answer(Request<?> request) throws CallException {
        return switch (request) {
            case GetRequest get ->
                new GetResponse(get.paramPaths().stream()
                        .map(path -> new GetResponse.RequestedPathResult(path, Optional.empty(), resolved(path)))
                        .toList());
            case SetRequest set -> {
                set.updateObjects()
                        .forEach(object -> object.paramSettings().forEach(setting -> {
                            String path = object.objPath() + setting.param();
                            paper.device.values.put(path, setting.value());
                            paper.stores
                                    .twins()
                                    .put(
                                            ID,
                                            List.of(new TwinValue(
                                                    path,
                                                    setting.value(),
                                                    false,
                                                    paper.clock.instant(),
                                                    TwinValue.Source.SET)));
                        }));
                yield new SetResponse(List.of());
            }
            default -> throw new IllegalStateException("not asked in a migration: " + request);
        };
    }

    List<GetResponse.ResolvedPathResult> resolved(String path) {
        String value = otherwise.getOrDefault(path, paper.device.values.getOrDefault(path, ""));
        int end = path.lastIndexOf('.') + 1;
        return value.equals("GONE")
                ? List.of()
                : List.of(
                        new GetResponse.ResolvedPathResult(path.substring(0, end), Map.of(path.substring(end), value)));
    }

    Migration here() {
        return store.find(ID).orElseThrow();
    }

    MigrationState state() {
        return here().state();
    }

    List<MigrationState> way() {
        return here().steps().stream().map(Migration.Step::state).toList();
    }

    String why() {
        return here().last().text();
    }

    /// As far as it goes now.
    void goOn() {
        runner.goOn(here());
    }

    void comesOverTr069() {
        if (isEnabled()) {
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
        }
    }

    boolean isEnabled() {
        return paper.device.values.getOrDefault(ENABLE, "").equals("true");
    }

    /// Whether the rows are there that lead it to us.
    boolean knowsUs() {
        return paper.beneath(AgentOnPaper.CONTROLLERS).containsValue("self::pharos");
    }

    /// With a certificate, which it has not had over TR-069.
    void arrives() {
        overUsp = knowsUs();
        paper.overUsp(overUsp);
        if (overUsp) {
            paper.stores.devices().update(ID, known -> known.withConnection("websocket", "127.0.0.1:9", true));
        }
    }

    void leaves() {
        overUsp = false;
        paper.overUsp(false);
    }

    void configured() {
        assertThat(runner.begin(ID, PLAN)).isPresent();
        goOn();
        comesOverTr069();
        assertThat(state()).isEqualTo(MigrationState.CONFIGURED);
    }

    void stoodBy() {
        configured();
        arrives();
        goOn();
        assertThat(state()).isEqualTo(MigrationState.STOOD_BY);
    }

    void done() {
        stoodBy();
        paper.clock.advance(PLAN.settle());
        goOn();
        assertThat(state()).isEqualTo(MigrationState.DONE);
    }

    /// It leaves USP, comes over TR-069 and is as it was.
    void isBack(MigrationState end) {
        goOn();
        comesOverTr069();
        leaves();
        paper.clock.advance(Limits.LEAVING);
        goOn();
        comesOverTr069();
        assertThat(state()).isEqualTo(end);
        assertThat(knowsUs()).isFalse();
        assertThat(paper.device.values).contains(entry(ENABLE, "true"), entry(INTERVAL, "60"));
        assertThat(paper.errands.of(ID)).isEmpty();
        assertThat(paper.stores.devices().find(ID).orElseThrow().transport()).isEqualTo("cwmp");
    }
}
