// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.acs.AcsSessions;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Whole sessions between our own two ends, without HTTP between them: an office, and a device on paper that comes to
/// it.
class AcsStage {
    static final EndpointId ID = EndpointId.of("ops::00256D-Box-S%201");
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String CALL_URL = "Device.ManagementServer.ConnectionRequestURL";
    static final String UDP_ADDRESS = "Device.ManagementServer.UDPConnectionRequestAddress";
    static final String JABBER_ID = "Device.ManagementServer.ConnReqJabberID";
    static final String ALLOWED = "Device.ManagementServer.ConnReqAllowedJabberIDs";
    static final String CALL_NAME = "Device.ManagementServer.ConnectionRequestUsername";
    static final String VERSION = "Device.DeviceInfo.SoftwareVersion";

    final ManualClock clock = ManualClock.standing();
    final Stores stores = InMemoryStores.create();
    final UspController controller =
            new UspController(ControllerSettings.of(stores).withClock(clock));
    final Telephone calling = new Telephone();
    final Map<EndpointId, String> logins = new HashMap<>();
    ProofWanted wanted = ProofWanted.EITHER;
    final CwmpNameStore names = new InMemoryCwmpNames(stores);
    final InMemoryErrands errands = new InMemoryErrands();
    final InMemoryNotices notices = new InMemoryNotices();
    final InMemoryOpenTransfers openTransfers = new InMemoryOpenTransfers();
    final AcsOffice office = controller.acs(new AcsOffice.Errands(
            errands,
            notices,
            new InMemoryModuleOrders(),
            openTransfers,
            device -> new Credentials(Optional.ofNullable(logins.get(device)), wanted),
            new InMemoryBrokerLogins(),
            names,
            calling));
    final AtomicInteger drawn = new AtomicInteger();
    final AcsSessions sessions = new AcsSessions(office, clock, () -> "c" + drawn.incrementAndGet());
    final PaperDevice device = new PaperDevice();
    final Outbox outbox = new Outbox(Outbox.Contents.NOTHING, contents -> {});
    Caller caller = new Caller("127.0.0.1:5", true, Optional.empty(), Optional.empty());

    @BeforeEach
    void it_starts() throws IOException {
        controller.start();
    }

    @AfterEach
    void it_stops() {
        controller.close();
    }

    Step.End session(StandardEvent... events) {
        for (StandardEvent event : events) {
            outbox.add(new EventStruct(event, ""));
        }
        return session(Integer.MAX_VALUE);
    }

    /// @param exchanges after which the device is gone
    Step.End session(int exchanges) {
        return device.session(sessions, outbox, caller, exchanges);
    }

    /// Calls the one device that there is, which comes at once.
    final class Telephone implements Calling {
        final List<String> called = new ArrayList<>();
        Optional<String> unmoved = Optional.empty();
        Optional<String> jid = Optional.empty();
        Optional<String> silent = Optional.empty();
        Optional<Login> stun = Optional.empty();
        boolean comes = true;

        @Override
        public Optional<Login> loginFor(EndpointId id) {
            return Optional.of(new Login("us", "our word"));
        }

        @Override
        public Optional<Login> stunLoginFor(EndpointId id) {
            return stun;
        }

        @Override
        public Optional<String> call(String url, Login login) {
            called.add(url + " " + login.username() + " " + login.password());
            if (unmoved.isEmpty() && comes) {
                session(StandardEvent.CONNECTION_REQUEST);
            }
            return unmoved;
        }

        @Override
        public Optional<String> jabberId() {
            return jid;
        }

        @Override
        public Optional<String> callOverXmpp(String to, Login login) {
            called.add("xmpp " + to + " " + login.username() + " " + login.password());
            if (silent.isEmpty()) {
                session(StandardEvent.CONNECTION_REQUEST);
            }
            return silent;
        }

        @Override
        public Optional<String> callOverUdp(InetSocketAddress address, Login login) {
            called.add("udp " + address + " " + login.username());
            session(StandardEvent.CONNECTION_REQUEST);
            return Optional.empty();
        }
    }

    void canBeCalledAt(String url) {
        device.values.put(CALL_URL, url);
        device.values.put(CALL_NAME, "");
        device.values.put("Device.ManagementServer.ParameterKey", "key 7");
        session(StandardEvent.BOOTSTRAP);
    }

    DeviceRecord record() {
        return controller.device(ID).orElseThrow();
    }

    Optional<TwinValue> twin(String path) {
        return stores.twins().find(ID, path);
    }

    List<DeviceEvent> events() {
        return stores.events().newest(Optional.of(ID), Long.MAX_VALUE, 1_000).stream()
                .map(each -> each.event())
                .toList();
    }

    /// The wire view says of somebody why it was not let in.
    void awaitRefusal(String reason) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (controller.wire().refusedPeers().stream()
                .noneMatch(each -> each.reason().equals(reason))) {
            assertThat(System.nanoTime()).as(reason).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    void awaitEvent(EventKind kind, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (events().stream()
                .noneMatch(each -> each.kind() == kind && each.text().contains(text))) {
            assertThat(System.nanoTime()).as(kind + " " + text).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
