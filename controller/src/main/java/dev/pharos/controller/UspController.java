// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.InMemoryNotices;
import dev.pharos.controller.acs.NoticeStore;
import dev.pharos.controller.acs.Notices;
import dev.pharos.controller.acs.ReportPolicy;
import dev.pharos.controller.notification.EventWriter;
import dev.pharos.controller.notification.NotificationDesk;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Observation;
import dev.pharos.controller.observe.Observers;
import dev.pharos.controller.observe.WireLog;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.onboarding.Onboarder;
import dev.pharos.controller.onboarding.SubscriptionState;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.Peer;
import dev.pharos.controller.peer.PeerNetwork;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.presence.Presence;
import dev.pharos.controller.presence.PresenceWatch;
import dev.pharos.controller.presence.RollCall;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.DeviceReport;
import dev.pharos.controller.twin.Learnt;
import dev.pharos.controller.twin.Twins;
import dev.pharos.mtp.Mtp;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A USP Controller: keeps devices connected over any number of transports, calls them, keeps what they say,
/// and tells observers.
///
/// It blocks its callers and nobody else; any number of threads may call it. Transports are attached before
/// or after [#start()].
public final class UspController implements AutoCloseable {
    private final ControllerSettings settings;
    private final Observers observers = new Observers();
    private final Counters counters = new Counters();
    private final WireLog wire;
    private final Refusals refusals;
    private final Twins twins;
    private final EventWriter events;
    private final Presence presence;
    private final PeerNetwork network;
    private final PresenceWatch watch;
    private final RollCall rollCall;
    private final Onboarder onboarder;
    private volatile NoticeStore notices = new InMemoryNotices();
    private final List<Mtp> mtps = new CopyOnWriteArrayList<>();
    private boolean started;

    public UspController(ControllerSettings settings) {
        this.settings = settings;
        Stores stores = settings.stores();
        Clock clock = settings.clock();
        this.wire = new WireLog(observers, clock, this::supportedModel);
        this.twins = new Twins(stores.twins(), clock);
        this.events = new EventWriter(stores.events(), twins, observers, counters);
        this.presence = new Presence(stores.devices(), events, observers, clock);
        this.refusals = new Refusals(clock, wire, events);
        DeviceTraffic traffic = new DeviceTraffic(
                refusals,
                presence,
                new DeviceTraffic.Learner(
                        peer -> learner().arrived(peer),
                        peer -> learner().again(peer),
                        (peer, path) -> learner().read(peer, path)),
                told -> new NotificationDesk(events, twins, counters, clock, told));
        this.network = new PeerNetwork(
                settings.own(),
                settings.admission(),
                stores.devices(),
                traffic,
                new PeerNetwork.Surroundings(wire, counters, clock, settings.peers()));
        this.rollCall = new RollCall(network, presence, stores.devices(), () -> mtps);
        this.watch = new PresenceWatch(
                network,
                presence,
                rollCall,
                stores.devices(),
                clock,
                settings.peers().silentAfter());
        this.onboarder = new Onboarder(new Onboarder.Workplace(
                settings.own(), settings.plan(), stores, network.calls(), twins, presence, events, counters, clock));
    }

    /// Starts the transports that are attached.
    ///
    /// @throws IOException where one of them cannot listen; nothing runs then
    public synchronized void start() throws IOException {
        settings.stores().devices().markAllOffline("it has not connected since the Controller started");
        events.start();
        started = true;
        try {
            for (Mtp mtp : mtps) {
                mtp.start(network.by(mtp));
            }
        } catch (IOException failed) {
            close();
            throw failed;
        }
        watch.start();
    }

    /// Adds a transport, which belongs to the Controller from now on.
    ///
    /// @throws IOException where it is started at once and cannot listen
    public synchronized void attach(Mtp mtp) throws IOException {
        if (started) {
            mtp.start(network.by(mtp));
        }
        mtps.add(mtp);
    }

    /// Ends a transport that was attached, and its connections. May wait for the other side; not to be called by a
    /// transport.
    public void detach(Mtp mtp) {
        mtps.remove(mtp);
        mtp.close();
    }

    public EndpointId id() {
        return settings.own();
    }

    public Stores stores() {
        return settings.stores();
    }

    public Counters counters() {
        return counters;
    }

    /// What passed on the wire lately, and who was refused.
    public WireLog wire() {
        return wire;
    }

    /// Somebody was refused outside of the transports, such as by a broker of ours before a device could publish
    /// anything. Returns at once.
    public void refused(Optional<EndpointId> device, WirePlace place, String reason) {
        network.refused(device, place, reason);
    }

    /// So many were asked to come again later, for more came at once than are let in. They are told of as one, whoever
    /// they are, so that a crowd neither takes room nor hides the others who were refused.
    ///
    /// @param transport `websocket`, `mqtt` …
    public void turnedAway(String transport, long howMany) {
        refusals.crowd(transport, howMany);
    }

    /// Who is told how long each newcomer waited until the first that it said was dealt with, on a thread that must not
    /// be held up.
    public void onServed(Consumer<Duration> listener) {
        network.onServed(listener);
    }

    /// Keeps an event that no device brought. Returns at once; where it cannot be kept, the log says so.
    public void note(NewEvent event) {
        events.note(event);
    }

    /// Keeps events that no device brought, and waits until they are kept.
    ///
    /// @throws dev.pharos.controller.store.StoreException where one of them is not
    public void keep(List<NewEvent> added) {
        events.keep(added);
    }

    /// Where devices of TR-069 come in, into the same inventory.
    public AcsOffice acs(AcsOffice.Errands errands) {
        notices = errands.notices();
        AcsOffice office = new AcsOffice(
                new AcsOffice.Parts(
                        settings.stores(),
                        twins,
                        events,
                        presence,
                        settings.clock(),
                        settings.plan().subscriptions(),
                        new AcsOffice.Door(
                                settings.admission(),
                                id -> network.peers()
                                        .find(id)
                                        .filter(Peer::online)
                                        .isPresent(),
                                (device, place, reason) -> network.refused(Optional.of(device), place, reason),
                                wire::called)),
                errands);
        onboarder.onLearnt(office.identities()::learntOverUsp);
        return office;
    }

    /// Everything is told to `observer` from now on.
    public Observation observe(ControllerObserver observer) {
        return observers.observe(observer);
    }

    /// Sends a request to a device and waits for its answer. An Operate that wants no response returns an
    /// empty one when it is sent.
    ///
    /// @throws CallException the device refused ([dev.pharos.controller.peer.RequestFailedException]), is not
    ///     there ([dev.pharos.controller.peer.DeviceUnreachableException]), did not answer in time
    ///     ([dev.pharos.controller.peer.CallTimedOutException]), or answered nonsense
    public <R extends Response> R call(EndpointId device, Request<R> request, Duration timeout) throws CallException {
        R response = network.calls().call(device, request, timeout);
        twins.learn(device, request, response, TwinValue.Source.GET);
        return response;
    }

    /// A device as it stands now.
    public Optional<DeviceRecord> device(EndpointId device) {
        Optional<DeviceRecord> known = settings.stores().devices().find(device);
        Optional<Instant> seen = network.peers()
                .find(device)
                .map(Peer::lastProofMillis)
                .filter(millis -> millis > 0)
                .map(Instant::ofEpochMilli);
        return known.map(record -> seen.map(record::withLastSeen).orElse(record));
    }

    /// Lets a device in from now on, or keeps it out.
    public Optional<DeviceRecord> approve(EndpointId device, boolean approved) {
        Optional<DeviceRecord> after = presence.change(device, known -> known.withApproved(approved));
        if (approved) {
            network.approved(device);
            after.ifPresent(rollCall::welcome);
        } else {
            network.dismiss(device, "an operator withdrew its approval");
        }
        return after;
    }

    /// Writes down a device that has not come yet, or comes elsewhere first, such as to get its certificate.
    ///
    /// @param approved whether it is let in when it comes; counts where it was not known before
    public DeviceRecord expect(EndpointId device, boolean approved) {
        return presence.enter(device, approved, false);
    }

    /// A device that is expected has come elsewhere than to a transport, and does not come to one yet.
    public void awaited(EndpointId device, WirePlace place, String reason) {
        presence.change(
                device,
                known -> known.online()
                        ? known
                        : known.withConnection(place.transport(), place.address(), known.verified())
                                .withLastSeen(settings.clock().instant())
                                .withStatus(DeviceStatus.OFFLINE, reason));
    }

    /// From now on a device must prove its Endpoint ID, since it has got what it takes.
    public void provided(EndpointId device) {
        presence.change(device, known -> known.withConnection(known.transport(), known.address(), true));
    }

    /// An operator lets a device come once more that cannot prove its Endpoint ID now.
    public void excused(EndpointId device) {
        presence.change(device, known -> known.withConnection(known.transport(), known.address(), false));
    }

    public Optional<DeviceRecord> tag(EndpointId device, List<String> tags) {
        return presence.change(device, known -> known.withTags(tags));
    }

    /// Forgets a device and ends its connections; its events stay. It is a stranger when it comes again.
    ///
    /// @return whether it was known
    public boolean forget(EndpointId device) {
        network.dismiss(device, "an operator removed it");
        network.peers().forget(device);
        wire.forget(device);
        settings.stores().twins().delete(device);
        boolean known = settings.stores().devices().delete(device);
        if (known) {
            observers.deviceRemoved(device);
        }
        return known;
    }

    /// Learns a device once more, in the background.
    ///
    /// @return whether it is connected
    public boolean onboard(EndpointId device) {
        Optional<Peer> peer = network.peers().find(device).filter(Peer::online);
        peer.ifPresent(onboarder::again);
        return peer.isPresent();
    }

    /// Keeps and tells what has happened with a device that no notification brings.
    ///
    /// @param text one sentence
    public void note(EndpointId device, EventKind kind, String text) {
        events.note(DeviceEvent.of(settings.clock().instant(), Optional.of(device), kind, text));
    }

    /// Writes down once more who is connected, after others may have taken us for gone.
    public void stillHere() {
        network.peers().all().stream().filter(Peer::online).forEach(presence::refresh);
    }

    /// Another server that shared the inventory has ended: what it had is looked after. Returns at once.
    public void anotherEnded() {
        rollCall.adopt();
    }

    /// The supported data model of a device, where it is known; asks nobody.
    public Optional<SupportedModel> supportedModel(EndpointId device) {
        return settings.stores().devices().find(device).flatMap(known -> onboarder.model(known.modelHash()));
    }

    /// As the other, of a device that was looked up a moment ago.
    public Optional<SupportedModel> supportedModel(DeviceRecord device) {
        return onboarder.model(device.modelHash());
    }

    /// Takes the values of reports of bulk data into the twin of the device that delivers them together, all in one
    /// step.
    ///
    /// @param model its data model; empty of a device that tells none, as over TR-069
    public Learnt learnReports(EndpointId device, Optional<SupportedModel> model, List<DeviceReport> reports) {
        return twins.report(device, model, reports);
    }

    /// The subscriptions that the device has, beside those that we want; asks nobody. Of a device that is managed over
    /// TR-069 how it tells of changes.
    public List<SubscriptionState> subscriptions(EndpointId device) {
        Optional<Notices> told = settings.stores()
                .devices()
                .find(device)
                .filter(known -> known.transport().equals(AcsOffice.TRANSPORT))
                .flatMap(_ -> notices.find(device));
        if (told.isPresent()) {
            List<SubscriptionState> states = new ArrayList<>(SubscriptionState.of(told.get()));
            // such a device is not here over USP, which is its transport else
            ReportPolicy.of(settings.stores().twins(), device, settings.plan().subscriptions())
                    .forEach(each -> states.add(SubscriptionState.of(each)));
            return states;
        }
        List<TwinValue> rows = settings.stores()
                .twins()
                .list(device, "Device.LocalAgent.Subscription.", Limits.TWIN_VALUES_PER_DEVICE);
        return SubscriptionState.of(rows, settings.plan().subscriptions(), supportedModel(device));
    }

    /// The transports tell of devices only after the start, when everything is in its place.
    private Onboarder learner() {
        return onboarder;
    }

    /// Ends every connection and stores what waits. Idempotent.
    @Override
    public synchronized void close() {
        onboarder.close();
        watch.close();
        rollCall.close();
        presence.freeze();
        mtps.forEach(Mtp::close);
        network.close();
        if (started) {
            started = false;
            events.close();
            presence.close();
        }
        observers.close();
    }
}
