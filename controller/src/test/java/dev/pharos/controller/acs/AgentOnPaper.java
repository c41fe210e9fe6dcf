// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.notification.EventWriter;
import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Observers;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.policy.SubscriptionTemplate;
import dev.pharos.controller.presence.Presence;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.twin.Twins;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.acs.AcsSessions;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A device of TR-069 with a USP agent that has no controller yet, and the ACS to which it comes when it is called. In
/// a
/// time that stands.
public final class AgentOnPaper implements AutoCloseable {
    public static final EndpointId ID = EndpointId.of("ops::00256D-Box-S%201");
    public static final String CONTROLLERS = "Device.USPAgent.Controller.";

    public final ManualClock clock = ManualClock.standing();
    public final Stores stores = InMemoryStores.create();
    public final InMemoryErrands errands = new InMemoryErrands();
    public final InMemoryNotices notices = new InMemoryNotices();
    public final InMemoryBrokerLogins brokerLogins = new InMemoryBrokerLogins();
    public final PaperDevice device = new PaperDevice();
    /// Whether it comes when it is called.
    public boolean comes = true;
    /// Whether it takes calls and comes later all the same.
    public boolean dawdles;
    /// After how many exchanges it is gone.
    public int exchanges = Integer.MAX_VALUE;

    private volatile boolean overUsp;
    private final Twins twins = new Twins(stores.twins(), clock);
    private final EventWriter events = new EventWriter(stores.events(), twins, new Observers(), new Counters());
    private final AcsOffice office = new AcsOffice(
            new AcsOffice.Parts(
                    stores,
                    twins,
                    events,
                    new Presence(stores.devices(), events, new Observers(), clock),
                    clock,
                    SubscriptionTemplate.DEFAULTS,
                    new AcsOffice.Door(
                            Admission.standard(),
                            _ -> overUsp,
                            (device, place, reason) -> {},
                            (device, place, what, why) -> {})),
            new AcsOffice.Errands(
                    errands,
                    notices,
                    new InMemoryModuleOrders(),
                    new InMemoryOpenTransfers(),
                    _ -> Credentials.NONE,
                    brokerLogins,
                    new InMemoryCwmpNames(stores),
                    new Calling() {
                        @Override
                        public Optional<Login> loginFor(EndpointId id) {
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
                            if (dawdles) {
                                return Optional.empty();
                            }
                            return session(StandardEvent.CONNECTION_REQUEST)
                                    ? Optional.empty()
                                    : Optional.of("it is not let in");
                        }
                    }));
    private final AtomicInteger drawn = new AtomicInteger();
    private AcsSessions sessions = sessions();
    private final Outbox outbox = new Outbox(Outbox.Contents.NOTHING, contents -> {});

    public AgentOnPaper() {
        events.start();
        device.values.put("Device.ManagementServer.ConnectionRequestURL", "http://127.0.0.1:4567/x");
        device.values.put("Device.ManagementServer.ConnectionRequestUsername", "");
        device.values.put("Device.ManagementServer.EnableCWMP", "true");
        device.values.put("Device.DeviceInfo.SerialNumber", "S 1");
        device.values.put("Device.WiFi.SSID.1.SSID", "Home");
        device.values.put("Device.USPAgent.EndpointID", ID.toString());
        device.values.put("Device.USPAgent.ControllerTrust.Role.4.Name", "Full Access");
        device.informs.add("Device.USPAgent.EndpointID");
        device.fresh.put(CONTROLLERS, Map.of("EndpointID", "cpe-EndpointID-#", "Enable", "false", "AssignedRole", ""));
        device.fresh.put(
                ".MTP.",
                Map.of(
                        "Enable",
                        "false",
                        "Protocol",
                        "",
                        "WebSocket.Host",
                        "",
                        "WebSocket.Port",
                        "80",
                        "MQTT.Topic",
                        ""));
        device.fresh.put("Device.MQTT.Client.", Map.of("Name", "cpe-Name-#", "Enable", "false", "BrokerAddress", ""));
        device.fresh.put("Device.STOMP.Connection.", Map.of("Enable", "false", "Host", "", "Username", ""));
        var _ = session(StandardEvent.BOOTSTRAP);
        device.asked.clear();
    }

    private AcsSessions sessions() {
        return new AcsSessions(office(), clock, () -> "c" + drawn.incrementAndGet());
    }

    /// It is connected over USP from now on, or no more.
    public void overUsp(boolean connected) {
        overUsp = connected;
    }

    public AcsOffice office() {
        return office;
    }

    /// The device comes by itself.
    ///
    /// @return whether it was let in
    public boolean session(StandardEvent event) {
        outbox.add(new EventStruct(event, ""));
        boolean breaksOff = exchanges < Integer.MAX_VALUE;
        Step.End end = device.session(
                sessions, outbox, new Caller("127.0.0.1:5", true, Optional.empty(), Optional.empty()), exchanges);
        if (breaksOff) {
            sessions.close();
            sessions = sessions();
        }
        return end.informed();
    }

    /// What stands beneath this, by what follows.
    public Map<String, String> beneath(String prefix) {
        Map<String, String> found = new TreeMap<>();
        device.values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    @Override
    public void close() {
        events.close();
    }
}
