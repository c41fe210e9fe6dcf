// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.CollectorTrust;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.connection.Publisher;
import dev.pharos.agent.localagent.OwnedRows;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.subscription.Elsewhere;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `Device.BulkData.`: reports of parameters, collected in intervals with the rights of the controller or the ACS that
/// wants them, and sent to it as `Push!` or to a collector. Thread-safe.
public final class BulkDataElement implements ServiceElement {
    private final Surroundings around;
    private final Places places;
    private final ReportQuery query;
    private final HttpReporter http;
    private final RetainedReports retained;
    private final AcsProfiles ofAcs;
    private final Map<String, ProfileRun> runs = new HashMap<>(1);
    private final boolean mqtt;
    private volatile Publisher publisher = Publisher.NOWHERE;
    private volatile @Nullable DeviceContext context;

    /// What reports are made and sent with.
    ///
    /// @param elsewhere what profiles may refer to beside the agent's own data model
    /// @param trust whom collectors have to be vouched for by
    public record Surroundings(
            AgentConfig agent, AccessControl access, AgentRuntime runtime, Elsewhere elsewhere, CollectorTrust trust) {}

    /// @param mqtt whether the agent has MQTT clients
    public BulkDataElement(Surroundings around, boolean mqtt) {
        this.around = around;
        this.mqtt = mqtt;
        this.places = new Places(around.elsewhere());
        this.query = new ReportQuery(around.agent(), places);
        this.retained = new RetainedReports(around.agent().dataDirectory());
        this.ofAcs = new AcsProfiles(around.agent().dataDirectory());
        this.http = new HttpReporter(around.trust(), around.runtime().clock());
    }

    @Override
    public SupportedDataModel supported() {
        return mqtt ? BulkDataModel.WITH_MQTT : BulkDataModel.WITHOUT_MQTT;
    }

    /// How reports get to MQTT brokers from now on.
    public void publishing(Publisher sessions) {
        publisher = sessions;
    }

    @Override
    public void start(DeviceContext mounted) {
        context = mounted;
        ofAcs.load();
        OwnedRows.removeOrphans(mounted, BulkDataModel.BULK_DATA, "Profile", ofAcs::has);
        mounted.update(transaction -> {
            set(transaction, "MinReportingInterval", Long.toString(Limits.BULK_INTERVAL.toSeconds()));
            set(transaction, "Protocols", Protocol.all(mqtt));
            set(transaction, "EncodingTypes", "CSV,JSON");
            set(transaction, "ParameterWildCardSupported", "true");
            set(transaction, "MaxNumberOfProfiles", Integer.toString(Limits.BULK_PROFILES));
            set(transaction, "MaxNumberOfParameterReferences", Integer.toString(Limits.BULK_VALUES));
            return transaction;
        });
        follow(mounted.snapshot());
    }

    private static void set(Transaction transaction, String parameter, String value) {
        transaction.set(BulkDataModel.BULK_DATA + parameter, value);
    }

    @Override
    public void complete(Transaction device, ObjectInstance row) {
        if (!row.definition().path().equals(BulkDataModel.PROFILE)) {
            return;
        }
        if (BulkDataModel.profiles(device.snapshot()).size() > Limits.BULK_PROFILES) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED, "there are " + Limits.BULK_PROFILES + " profiles");
        }
        if (Requester.currentController().isPresent()) {
            OwnedRows.own(device, row);
        } else {
            ofAcs.add(row);
        }
    }

    @Override
    public void validate(ChangeSet proposed) {
        ProfileCheck.check(proposed, places, Requester.currentController(), ofAcs::has);
    }

    @Override
    public void apply(ChangeSet changes) {
        follow(changes.after());
    }

    @Override
    public void undo(ChangeSet changes) {
        follow(changes.before());
    }

    /// Begins and ends reporting as the settings now ask for.
    private void follow(Snapshot settings) {
        ofAcs.retainOnly(BulkDataModel.profiles(settings));
        Map<String, Profile> wanted = new HashMap<>();
        if (isEnabled(settings)) {
            BulkDataModel.profiles(settings).stream()
                    .map(Profile::new)
                    .filter(Profile::isEnabled)
                    .forEach(profile -> wanted.put(profile.path(), profile));
        }
        synchronized (runs) {
            runs.entrySet().removeIf(each -> {
                boolean over = !wanted.containsKey(each.getKey());
                if (over) {
                    each.getValue().close();
                }
                return over;
            });
            wanted.forEach((path, profile) -> runs.computeIfAbsent(
                            path, made -> new ProfileRun(made, around.runtime(), new ReportWork(), retained.load(made)))
                    .settle(profile));
        }
        retained.retainOnly(wanted.keySet());
        status();
    }

    private static boolean isEnabled(Snapshot settings) {
        return settings.value(BulkDataModel.BULK_DATA + "Enable")
                .filter("true"::equals)
                .isPresent();
    }

    /// Shows whether reports are made, and whether all of them arrive.
    private void status() {
        boolean failing;
        synchronized (runs) {
            failing = runs.values().stream().anyMatch(ProfileRun::isFailing);
        }
        mounted().update(transaction -> {
            String status = isEnabled(transaction.snapshot()) ? failing ? "Error" : "Enabled" : "Disabled";
            if (transaction
                    .snapshot()
                    .value(BulkDataModel.BULK_DATA + "Status")
                    .filter(status::equals)
                    .isEmpty()) {
                set(transaction, "Status", status);
            }
            return status;
        });
    }

    /// What the run of a profile asks for.
    private final class ReportWork implements ProfileRun.Work {
        @Override
        public Optional<Profile> profile(String path) {
            Snapshot now = mounted().snapshot();
            return isEnabled(now)
                    ? now.object(path)
                            .map(Profile::new)
                            .filter(Profile::isEnabled)
                            .filter(profile -> ofAcs.has(profile.row())
                                    || now.object(profile.owner()).isPresent())
                    : Optional.empty();
        }

        @Override
        public Report collect(Profile profile) throws ReportTooLargeException {
            Snapshot now = mounted().snapshot();
            return profile.report(
                    places, now, rights(profile, now), around.runtime().clock().instant());
        }

        @Override
        public Optional<String> deliver(Profile profile, List<Report> reports) throws InterruptedException {
            Optional<ReportEncoding> encoding = profile.encoding();
            Optional<Protocol> protocol = profile.protocol();
            if (encoding.isEmpty() || protocol.isEmpty()) {
                return Optional.of("Protocol or EncodingType is missing");
            }
            return switch (protocol.get()) {
                case USP_EVENT_NOTIF -> push(profile, encoding.get(), reports.getLast());
                case HTTP -> send(profile, encoding.get(), reports);
                case MQTT -> publish(profile, encoding.get(), reports);
            };
        }

        @Override
        public void turned() {
            status();
        }

        @Override
        public void keep(ProfileRun run) {
            profile(run.path())
                    .ifPresent(profile -> retained.keep(
                            run.path(),
                            () -> profile.persists()
                                    ? run.kept(profile.retainedReports())
                                    : Optional.of(RetainedReports.Kept.NOTHING)));
        }
    }

    /// An ACS reads everything but secrets, and so do its reports.
    private Permissions rights(Profile profile, Snapshot snapshot) {
        return ofAcs.has(profile.row())
                ? Permissions.ADMINISTRATOR
                : around.access().of(snapshot, profile.owner());
    }

    /// Each report alone: until it is delivered it waits as a notification.
    private Optional<String> push(Profile profile, ReportEncoding encoding, Report report) {
        String data = encoding.encode(List.of(report));
        if (data.length() > Limits.BULK_PUSH_CHARACTERS) {
            return Optional.of("more than " + Limits.BULK_PUSH_CHARACTERS + " characters do not go into an event");
        }
        mounted().raise(profile.path(), "Push!", Map.of("Data", data));
        return Optional.empty();
    }

    private Optional<String> send(Profile profile, ReportEncoding encoding, List<Report> reports)
            throws InterruptedException {
        HttpDestination destination = profile.http().orElseThrow();
        Optional<URI> address = destination.address();
        if (address.isEmpty()) {
            return Optional.of("URL is missing");
        }
        Snapshot now = mounted().snapshot();
        URI told = query.addTo(address.get(), destination.row(), now, rights(profile, now));
        return http.send(HttpReporter.Letter.of(destination, told, encoding, encoding.encode(reports)));
    }

    /// What is not taken waits for the next interval: that it is sent again before is a matter of the session.
    private Optional<String> publish(Profile profile, ReportEncoding encoding, List<Report> reports)
            throws InterruptedException {
        Optional<MqttDestination> destination = profile.mqtt().filter(MqttDestination::isComplete);
        if (destination.isEmpty()) {
            return Optional.of("MQTT.Reference or MQTT.PublishTopic is missing");
        }
        try {
            publisher.publish(
                    destination.get().client(), destination.get().publication(encoding, encoding.encode(reports)));
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of("MQTT: " + refused.getMessage());
        }
    }

    /// ForceCollection(): the answer does not wait for the delivery.
    @Override
    public Map<String, String> operate(CommandCall call) {
        ProfileRun run;
        synchronized (runs) {
            run = runs.get(call.object().path());
        }
        if (run == null) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "the profile is not enabled");
        }
        Thread.startVirtualThread(run::collect);
        return Map.of();
    }

    /// The device restarted without the end of the process.
    public void restarted() {
        Snapshot now = mounted().snapshot();
        synchronized (runs) {
            runs.forEach((path, run) -> run.restarted(
                    now.object(path).map(Profile::new).filter(Profile::persists).isPresent()));
        }
    }

    private DeviceContext mounted() {
        return Objects.requireNonNull(context, "not started");
    }

    @Override
    public void close() {
        synchronized (runs) {
            runs.values().forEach(ProfileRun::close);
            runs.clear();
        }
        http.close();
    }
}
