// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Calling;
import dev.pharos.controller.acs.Credentials;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.InMemoryBrokerLogins;
import dev.pharos.controller.acs.InMemoryCwmpNames;
import dev.pharos.controller.acs.InMemoryErrands;
import dev.pharos.controller.acs.InMemoryModuleOrders;
import dev.pharos.controller.acs.InMemoryNotices;
import dev.pharos.controller.acs.InMemoryOpenTransfers;
import dev.pharos.controller.acs.StoredErrand;
import dev.pharos.controller.notification.EventWriter;
import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Observers;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.presence.Presence;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.Twins;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.server.diagnostics.Diagnostics.BusyException;
import dev.pharos.server.store.DiagnosticStore;
import dev.pharos.server.store.DiagnosticStore.State;
import dev.pharos.server.store.DiagnosticStore.StoredDiagnostic;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Diagnostics of a device of TR-069 that is never called, in a time that stands: what waits for it, and what becomes
/// of
/// runs by what its sessions bring.
class Tr069RunsTest {
    private static final AtomicInteger DRAWN = new AtomicInteger();
    private static final String PING = "Device.IP.Diagnostics.IPPing.";
    private static final Errand LOOK = new Errand.ReadValues(List.of(PING));

    /// Another in each test.
    private final EndpointId device = EndpointId.of("os::00256D-runs-" + DRAWN.incrementAndGet());

    private final ManualClock clock = ManualClock.standing();
    private final Stores stores = InMemoryStores.create();
    private final InMemoryErrands errands = new InMemoryErrands();
    private final Twins twins = new Twins(stores.twins(), clock);
    private final DiagnosticStore store = new DiagnosticStore(TestDatabase.database());
    private final Tr069Runs runs = new Tr069Runs(office(), stores.twins(), store, clock);

    private AcsOffice office() {
        Observers observers = new Observers();
        EventWriter events = new EventWriter(stores.events(), twins, observers, new Counters());
        return new AcsOffice(
                new AcsOffice.Parts(
                        stores,
                        twins,
                        events,
                        new Presence(stores.devices(), events, observers, clock),
                        clock,
                        List.of(),
                        new AcsOffice.Door(
                                Admission.standard(),
                                _ -> false,
                                (device, place, reason) -> {},
                                (device, place, what, why) -> {})),
                new AcsOffice.Errands(
                        errands,
                        new InMemoryNotices(),
                        new InMemoryModuleOrders(),
                        new InMemoryOpenTransfers(),
                        _ -> Credentials.NONE,
                        new InMemoryBrokerLogins(),
                        new InMemoryCwmpNames(stores),
                        Calling.NONE));
    }

    @BeforeEach
    void a_device_is_known() {
        new PostgresDeviceStore(TestDatabase.database())
                .create(DeviceRecord.unseen(device, true, false, clock.instant()));
        stores.devices()
                .create(DeviceRecord.unseen(device, true, false, clock.instant())
                        .withConnection(AcsOffice.TRANSPORT, "127.0.0.1:5", false));
        state("None");
    }

    private void state(String state) {
        stores.twins().put(device, List.of(twins.value(PING + "DiagnosticsState", state, TwinValue.Source.GET)));
    }

    private StoredDiagnostic begun(String key) throws Exception {
        StoredDiagnostic fresh = new StoredDiagnostic(
                0,
                device,
                "ping",
                device + key,
                State.RUNNING,
                clock.instant(),
                "anna",
                Optional.empty(),
                "",
                Map.of(),
                Map.of(),
                "",
                Optional.empty());
        long id = store.begin(fresh, 5, 5).orElseThrow();
        runs.begin(store.find(device, id).orElseThrow(), Map.of("Host", "192.0.2.1"));
        return now(id);
    }

    private StoredDiagnostic now(long id) {
        return store.find(device, id).orElseThrow();
    }

    /// What waits for the device is done.
    private void done(ErrandEnd end) {
        StoredErrand first = errands.of(device).getFirst();
        errands.done(first);
        runs.ended(first, end);
    }

    private StoredDiagnostic accepted(String key) throws Exception {
        StoredDiagnostic run = begun(key);
        state("Requested");
        done(new ErrandEnd.Done(true));
        return now(run.id());
    }

    private List<Errand> waiting() {
        return errands.of(device).stream().map(StoredErrand::errand).toList();
    }

    @Test
    void what_waits_for_the_next_session_is_begun_then_and_looked_at_when_the_device_says_that_it_is_complete()
            throws Exception {
        StoredDiagnostic run = begun("first");
        assertThat(run.state()).isEqualTo(State.RUNNING);
        assertThat(run.request()).isEmpty();
        // as often as devices come that do not say how often they do
        assertThat(runs.awaitedSession(run))
                .hasValueSatisfying(expected -> assertThat(expected).isAfter(clock.instant()));
        assertThat(run.fault()).contains("cannot be called");
        assertThat(waiting())
                .containsExactly(new Errand.SetValues(
                        Map.of(PING + "Host", "192.0.2.1", PING + "DiagnosticsState", "Requested")));
        state("Requested");
        done(new ErrandEnd.Done(true));
        assertThat(now(run.id()).request()).isEqualTo(PING);
        assertThat(runs.awaitedSession(now(run.id()))).isEmpty();
        assertThat(now(run.id()).fault()).isEmpty();

        runs.came(device, List.of(new EventStruct(StandardEvent.PERIODIC, "")));
        assertThat(waiting()).isEmpty();
        runs.came(device, List.of(new EventStruct(StandardEvent.DIAGNOSTICS_COMPLETE, "")));
        runs.came(device, List.of(new EventStruct(StandardEvent.BOOT, "")));
        assertThat(waiting()).containsExactly(LOOK);
        state("Complete");
        done(new ErrandEnd.Read(List.of()));
        assertThat(now(run.id()).state()).isEqualTo(State.COMPLETE);
        assertThat(now(run.id()).outputs()).isEqualTo(Map.of("Status", "Complete"));
    }

    @Test
    void a_device_that_says_nothing_is_asked_the_later_the_longer_it_takes() throws Exception {
        StoredDiagnostic run = accepted("first");
        clock.advance(Duration.ofSeconds(119));
        runs.sweep(run);
        assertThat(waiting()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        runs.sweep(run);
        assertThat(waiting()).containsExactly(LOOK);
        done(new ErrandEnd.Read(List.of()));
        clock.advance(Duration.ofSeconds(119));
        runs.sweep(run);
        assertThat(waiting()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        runs.sweep(run);
        assertThat(waiting()).containsExactly(LOOK);
        // read by whomever
        state("Error_Internal");
        runs.sweep(run);
        assertThat(now(run.id()).outputs()).isEqualTo(Map.of("Status", "Error_Internal"));
    }

    @Test
    void what_the_device_refuses_has_failed_and_what_has_not_begun_is_withdrawn() throws Exception {
        StoredDiagnostic refused = begun("first");
        done(new ErrandEnd.Refused(CwmpFault.of(StandardFaultCode.RESOURCES_EXCEEDED, "too busy")));
        assertThat(now(refused.id()).state()).isEqualTo(State.FAILED);
        assertThat(now(refused.id()).fault()).contains("9004", "too busy");

        StoredDiagnostic late = begun("late");
        done(new ErrandEnd.Declined(new UspError(
                new Fault(StandardErrorCode.MESSAGE_NOT_SUPPORTED, "TR-069 is switched off on the device"))));
        assertThat(now(late.id()).state()).isEqualTo(State.FAILED);
        assertThat(now(late.id()).fault()).contains("7001 TR-069 is switched off");

        StoredDiagnostic unwanted = begun("second");
        assertThat(runs.cancel(unwanted).orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void one_that_runs_is_cancelled_in_the_next_session_and_another_of_its_kind_is_not_begun() throws Exception {
        StoredDiagnostic run = accepted("first");
        assertThatThrownBy(() -> begun("second")).isInstanceOf(BusyException.class);
        assertThat(store.newest(device, 5)).hasSize(1);

        assertThat(runs.cancel(run).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(waiting()).containsExactly(new Errand.SetValues(Map.of(PING + "DiagnosticsState", "Canceled")));
        done(new ErrandEnd.Done(true));
        assertThat(now(run.id()).state()).isEqualTo(State.CANCELLED);
    }
}
