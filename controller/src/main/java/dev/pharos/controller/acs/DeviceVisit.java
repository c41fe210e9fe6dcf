// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.AcsOffice.Visitor;
import dev.pharos.controller.acs.EventKeeper.Told;
import dev.pharos.controller.kind.Known;
import dev.pharos.controller.kind.Naming;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.acs.DeviceDesk;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AutonomousDuResult;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeCompleteResponse;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.AutonomousTransferCompleteResponse;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.DuStateChangeCompleteResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.RequestDownloadResponse;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferCompleteResponse;
import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.usp.EndpointId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session with a device that was let in: keeps what it tells, does the errands that wait for it, then reads it
/// whole
/// where that is due.
final class DeviceVisit implements DeviceDesk {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceVisit.class);

    private final AcsOffice office;
    private final Visitor visitor;
    private final Inform inform;
    private final Deque<Task> tasks = new ArrayDeque<>();
    private final DeviceIdentity identity;
    private final Approach approach;
    private final ErrandDesk errands;
    private final NumbersDesk rows;
    /// Whether it runs another software than before, of which nothing is known yet.
    private final boolean renewed;

    private boolean beganOverUsp;
    private boolean learnt;
    private int requestedFiles;
    /// What it says that it is over USP, once all of it was read.
    private Optional<EndpointId> claim = Optional.empty();
    private EndpointId id;

    DeviceVisit(AcsOffice office, Visitor visitor, Inform inform) {
        this.office = office;
        this.visitor = visitor;
        this.id = visitor.id();
        this.inform = inform;
        DeviceIdentity known = office.parts()
                .stores()
                .devices()
                .find(visitor.id())
                .map(DeviceRecord::identity)
                .orElse(DeviceIdentity.UNKNOWN);
        this.identity = identity(known, inform);
        this.renewed = !known.softwareVersion().equals(identity.softwareVersion()) && !office.isOverUsp(visitor.id());
        this.approach = Approach.of(office, visitor.id(), this.identity, root());
        this.errands = new ErrandDesk(office, visitor, approach);
        this.rows = new NumbersDesk(office, visitor.id(), root());
    }

    private Naming naming(Known known) {
        return Approach.naming(office, id(), identity, root(), known);
    }

    @Override
    public Dialect dialect() {
        return approach.manner().dialect();
    }

    @Override
    public Optional<EndpointId> device() {
        return Optional.of(id);
    }

    private EndpointId id() {
        return id;
    }

    /// Keeps what the Inform tells.
    ///
    /// @param stale whether it has not been read whole for long
    /// @return why it is not kept, so that the device shall tell it again
    Optional<String> begin(boolean stale) {
        List<TwinValue> values = values(approach.withShown(inform.parameterList()), TwinValue.Source.NOTIFY);
        List<TwinValue> news = Telling.news(office.parts().stores().twins(), id(), values);
        List<Told> told = new Telling(id(), office.now()).informed(inform.events(), approach.toTell(news));
        Optional<String> failure = new EventKeeper(office.parts().events()).keep(told);
        if (failure.isPresent()) {
            return failure;
        }
        if (!news.isEmpty()) {
            office.parts().stores().twins().put(id(), news);
        }
        beganOverUsp = office.isOverUsp(id());
        office.arrived(visitor, known -> {
            DeviceRecord named = known.withIdentity(identity(known.identity(), inform));
            return renewed ? named.withOnboarded(false) : named;
        });
        office.came(id(), inform.events());
        // before it is looked what waits, so that it is not done over USP meanwhile
        office.turns().here(id());
        try {
            boolean whole = stale || tells(StandardEvent.BOOTSTRAP) || tells(StandardEvent.BOOT);
            plan(whole);
            if (!whole && news.stream().anyMatch(each -> Summons.saysWhere(each.path()))) {
                introduce();
            }
        } catch (RuntimeException failed) {
            // only a session that has begun is sure to end
            office.turns().gone(id());
            throw failed;
        }
        return Optional.empty();
    }

    private boolean tells(StandardEvent event) {
        return inform.events().stream().anyMatch(each -> each.eventCode() == event);
    }

    private List<TwinValue> values(List<ParameterValue> parameters, TwinValue.Source source) {
        return approach.values(office.parts().twins(), parameters, source);
    }

    private void plan(boolean whole) {
        rows.task().ifPresent(tasks::add);
        if (!whole || approach.manner().takesUnknownNames()) {
            // else later, when it has named what it may be asked for
            tasks.addAll(errands.take());
        }
        if (whole) {
            tasks.add(new LearnTask(root(), approach.manner(), this::learnt));
            introduce();
            if (approach.manner().comesTogether()) {
                tasks.add(new SpreadTask(this::ownTime, time -> put(time.name(), time.value())));
            }
            tasks.add(new NoticeDesk(office, id()).task(this::asItIsNow));
            tasks.add(new PolicyDesk(office, id(), root()).task());
        }
    }

    /// Whether it is all to be read once more, with rows by their numbers.
    private boolean readsAgainByNumbers(List<ParameterValue> told) {
        Optional<Task> numbers = rows.task(told);
        numbers.ifPresent(task -> {
            Task current = tasks.removeFirst();
            tasks.addFirst(new LearnTask(root(), approach.manner(), this::learnt));
            tasks.addFirst(task);
            tasks.addFirst(current);
        });
        return numbers.isPresent();
    }

    /// By what its twin knows by now.
    private Approach asItIsNow() {
        return approach.with(
                naming(KnownOfDevice.remembered(office.parts().stores().twins(), id())));
    }

    /// Of the device's own data model.
    private String root() {
        return Approach.root(inform.parameterList());
    }

    private void learnt(List<ParameterValue> told) {
        if (readsAgainByNumbers(told)) {
            return;
        }
        List<ParameterValue> parameters = new RowNumbers(office.parts().stores().twins(), id()).of(told);
        // by what it has now, and not by what was known before
        List<ParameterValue> shown =
                approach.with(naming(KnownOfDevice.told(parameters))).withShown(parameters);
        claim = DeviceNames.claimed(shown);
        List<TwinValue> values = values(shown, TwinValue.Source.ONBOARDING);
        if (values.isEmpty()) {
            note(EventKind.WARNING, "the device does not let itself be read");
            return;
        }
        List<String> roots = office.isOverUsp(id()) ? List.of(root()) : List.of(root(), Approach.SHARED);
        for (String root : new TreeSet<>(roots)) {
            office.parts()
                    .stores()
                    .twins()
                    .replaceUnder(
                            id(),
                            root,
                            values.stream()
                                    .filter(value -> value.path().startsWith(root))
                                    .toList());
        }
        learnt = true;
        office.parts().presence().change(id(), known -> {
            DeviceRecord named = known.withIdentity(named(known.identity(), parameters));
            return known.modelHash().isEmpty() ? named.withModel("", values.size()) : named;
        });
    }

    /// With what only few devices say in their Inform.
    private static DeviceIdentity named(DeviceIdentity known, List<ParameterValue> parameters) {
        return new DeviceIdentity(
                known.manufacturer(),
                known.oui(),
                or(told(parameters, "ModelName"), known.modelName()),
                known.productClass(),
                known.serialNumber(),
                or(told(parameters, "HardwareVersion"), known.hardwareVersion()),
                or(told(parameters, "SoftwareVersion"), known.softwareVersion()));
    }

    /// Where the device says at which time it comes, and that is none of its own yet.
    private Optional<SpreadTask.Lesson> ownTime() {
        String management = root() + "ManagementServer.";
        ParameterValue own = SpreadTask.time(management + "PeriodicInformTime", id(), office.interval(id()));
        TwinStore twins = office.parts().stores().twins();
        return twins.find(id(), own.name())
                .filter(known -> !known.value().equals(own.value()))
                .map(_ -> new SpreadTask.Lesson(
                        own,
                        twins.find(id(), management + "ParameterKey")
                                .map(TwinValue::value)
                                .orElse("")));
    }

    private void put(String name, String value) {
        office.parts()
                .stores()
                .twins()
                .put(id(), List.of(office.parts().twins().value(name, value, TwinValue.Source.SET)));
    }

    /// Tells the device who calls it.
    private void introduce() {
        String root = root();
        tasks.add(introduction(
                () -> office.summons().toTeach(id(), root),
                "the device takes no login for calls, and so comes by itself alone: "));
        tasks.add(introduction(() -> office.summons().toSign(id(), root), "the device takes no login for STUN: "));
        tasks.add(introduction(
                () -> office.summons().toAllow(id(), root), "the device does not let this server call it over XMPP: "));
        if (approach.manner().tellsByDatagram()
                && office.proofs().of(id()).login().isPresent()) {
            tasks.add(introduction(
                    () -> office.summons().toNotify(id(), root), "the device does not tell by datagrams: "));
        }
    }

    private Task introduction(Supplier<Optional<Summons.Lesson>> lesson, String refusal) {
        return new IntroductionTask(lesson, new IntroductionTask.Outcome() {
            @Override
            public void taught(Summons.Lesson lesson) {
                put(lesson.known().getKey(), lesson.known().getValue());
            }

            @Override
            public void refused(CwmpFault fault) {
                note(EventKind.WARNING, refusal + FaultMeaning.sentence(fault));
            }
        });
    }

    private void note(EventKind kind, String text) {
        office.parts().events().note(DeviceEvent.of(office.now(), Optional.of(id()), kind, text));
    }

    /// As long as errands wait: somebody has asked for them.
    @Override
    public boolean holdsReports() {
        return errands.isOpen();
    }

    @Override
    public Answer report(CpeRequest<?> said) {
        CpeRequest<?> report = meant(said);
        Optional<String> failure = new EventKeeper(office.parts().events()).keep(told(report));
        if (failure.isPresent()) {
            return CwmpFault.of(StandardFaultCode.ACS_RETRY_REQUEST, failure.get());
        }
        settle(report);
        return switch (report) {
            case TransferComplete _ -> new TransferCompleteResponse();
            case AutonomousTransferComplete _ -> new AutonomousTransferCompleteResponse();
            case DuStateChangeComplete _ -> new DuStateChangeCompleteResponse();
            case AutonomousDuStateChangeComplete _ -> new AutonomousDuStateChangeCompleteResponse();
            case RequestDownload _ -> new RequestDownloadResponse();
            case Kicked kicked -> new KickedResponse(office.nextUrls().next(kicked.next()));
            default -> CwmpFault.of(StandardFaultCode.ACS_METHOD_NOT_SUPPORTED, report.method() + " is not supported");
        };
    }

    /// With the key that it was told, of a device that does not keep it.
    private CpeRequest<?> meant(CpeRequest<?> said) {
        return said instanceof TransferComplete transfer && approach.manner().losesCommandKeys()
                ? new TransferComplete(meant(transfer.commandKey()), transfer.outcome())
                : said;
    }

    /// That which it names, or the only one that it was told.
    private String meant(String named) {
        List<String> keys = office.transfers().of(id(), office.now().minus(Limits.OPEN_TRANSFER));
        return keys.contains(named) || keys.size() != 1 ? named : keys.getFirst();
    }

    private List<Told> told(CpeRequest<?> report) {
        ModuleNews news = new ModuleNews(id(), office.now());
        return switch (report) {
            case DuStateChangeComplete change ->
                news.complete(change, office.modules().find(id(), change.commandKey()));
            case AutonomousDuStateChangeComplete change -> news.autonomous(change);
            default -> new Telling(id(), office.now()).reported(report).stream().toList();
        };
    }

    /// What follows of a report that is stored: what is told of software modules concerns rows of the twin, which are
    /// read again, in this session where that is not over.
    private void settle(CpeRequest<?> report) {
        if (report instanceof TransferComplete transfer) {
            office.transfers().ended(id(), transfer.commandKey());
            return;
        }
        if (report instanceof RequestDownload request) {
            requestedFiles++;
            give(request);
            return;
        }
        Stream<DuResult> results = switch (report) {
            case DuStateChangeComplete change -> {
                office.modules().remove(id(), change.commandKey());
                yield change.results().stream();
            }
            case AutonomousDuStateChangeComplete change ->
                change.results().stream().map(AutonomousDuResult::result);
            default -> Stream.empty();
        };
        if (report instanceof DuStateChangeComplete || report instanceof AutonomousDuStateChangeComplete) {
            ModuleNews.gone(results)
                    .forEach(row -> office.parts().stores().twins().removeUnder(id(), row));
            office.readSoon(id(), ModuleCommands.MODULES);
        }
    }

    /// It is told in this session to fetch what it wants, where there is that.
    private void give(RequestDownload request) {
        RequestedFiles.Offer offer = requestedFiles > Limits.REQUESTED_FILES
                ? new RequestedFiles.Offer.Nothing("it has asked for " + Limits.REQUESTED_FILES + " in this session")
                : office.awaitsAny(id(), Errand.FetchFile.class::isInstance)
                        ? new RequestedFiles.Offer.Nothing("it is to fetch another one first")
                        : office.requestedFiles().offer(id(), request, visitor.verified());
        switch (offer) {
            case RequestedFiles.Offer.File(Errand.FetchFile order, String what) -> {
                office.leave(id(), order);
                note(EventKind.EVENT, "the device gets the file that it asked for: " + what);
            }
            case RequestedFiles.Offer.Nothing(String reason) ->
                note(
                        EventKind.WARNING,
                        "the device gets no file of the kind that it asked for ("
                                + Telling.shortened(request.fileType()) + "): " + reason);
        }
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        try {
            takeMore();
            while (!tasks.isEmpty()) {
                Optional<AcsRequest<?>> request = tasks.getFirst().next();
                if (request.isPresent()) {
                    return request;
                }
                tasks.removeFirst();
                takeMore();
            }
        } catch (StoreException failed) {
            LOG.error("what {} told could not be kept", id(), failed);
            tasks.clear();
        }
        return Optional.empty();
    }

    /// Who has looked for this device in vain gets a moment to ask again, now that it is here.
    private void takeMore() {
        if (!tasks.isEmpty()) {
            return;
        }
        tasks.addAll(errands.take());
        if (tasks.isEmpty() && office.isLookedFor(id())) {
            try {
                for (int i = 0; i < Limits.LINGERING && tasks.isEmpty(); i++) {
                    Thread.sleep(Limits.LINGERING_STEP);
                    tasks.addAll(errands.take());
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void answered(AcsRequest<?> request, Answer answer) {
        try {
            tasks.getFirst().answered(answer);
        } catch (StoreException failed) {
            LOG.error("what {} answered could not be kept", id(), failed);
            tasks.clear();
        }
    }

    @Override
    public void ended(boolean inOrder, String reason) {
        try {
            if (!inOrder && !tasks.isEmpty()) {
                tasks.getFirst().interrupted();
                LOG.info("the session with {} ended early: {}", id(), reason);
            }
            if (learnt && tasks.isEmpty()) {
                office.onboarded(id());
            }
            if (beganOverUsp) {
                office.remains(visitor);
            }
            office.left(id(), learnt);
        } catch (StoreException failed) {
            LOG.error("the end of the session with {} could not be noted", id(), failed);
        } finally {
            // last, so that what was at work is seen to have been before it is done over USP
            office.turns().gone(id());
        }
        if (learnt) {
            settleWhoItIs();
        }
        if (inOrder) {
            office.callAgain(id());
        }
    }

    /// After the session, so that nothing is done meanwhile in a name that it does not have any more.
    private void settleWhoItIs() {
        try {
            id = office.identities().learnt(id, claim);
        } catch (StoreException failed) {
            LOG.error("who {} is could not be settled", id, failed);
        }
    }

    /// Who a device is, by its Inform; what it does not say stays as it is known.
    static DeviceIdentity identity(DeviceIdentity known, Inform inform) {
        return new DeviceIdentity(
                or(inform.deviceId().manufacturer(), known.manufacturer()),
                inform.deviceId().oui().toUpperCase(Locale.ROOT),
                or(told(inform.parameterList(), "ModelName"), known.modelName()),
                inform.deviceId().productClass(),
                inform.deviceId().serialNumber(),
                or(told(inform.parameterList(), "HardwareVersion"), known.hardwareVersion()),
                or(told(inform.parameterList(), "SoftwareVersion"), known.softwareVersion()));
    }

    private static String or(String told, String known) {
        return told.isEmpty() ? known : told;
    }

    private static String told(List<ParameterValue> parameters, String name) {
        return parameters.stream()
                .filter(each -> each.name().endsWith(".DeviceInfo." + name))
                .map(ParameterValue::value)
                .findFirst()
                .orElse("");
    }
}
