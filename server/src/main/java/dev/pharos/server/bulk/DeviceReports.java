// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reports that devices make by themselves (`Device.BulkData.`): what they are, and changes of them over USP, or in
/// sessions of TR-069 to which the device is called. Thread-safe.
public final class DeviceReports {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceReports.class);
    private static final String ALL = "Device.BulkData.";
    private static final String PROFILES = ALL + "Profile.";
    private static final String PUSHED = "USPEventNotif";
    private static final String SUBSCRIPTIONS = "Device.LocalAgent.Subscription.";
    private static final String OURS = "bulk-reports";
    private static final String CLIENTS = "Device.LocalAgent.MTP.*.MQTT.Reference";

    private final TwinStore twins;
    private final DeviceLine line;
    private final Predicate<EndpointId> overTr069;

    /// @param line by which devices are called
    /// @param overTr069 whether that is in sessions of TR-069
    public DeviceReports(TwinStore twins, DeviceLine line, Predicate<EndpointId> overTr069) {
        this.twins = twins;
        this.line = line;
        this.overTr069 = overTr069;
    }

    /// What a device reports.
    ///
    /// @param own the parameters of `Device.BulkData.` itself
    /// @param asked whether the device has just said it; else it is what was known last
    /// @param time when the oldest of it was learnt; empty where nothing is known
    public record Known(Map<String, String> own, List<ReportProfile> profiles, boolean asked, Optional<Instant> time) {
        public Known {
            own = Frozen.map(own);
            profiles = Frozen.list(profiles);
        }
    }

    /// Where reports go.
    public sealed interface Way {
        /// As events to us.
        record Pushed() implements Way {}

        /// @param username of the device at the collector
        record Sent(String url, String username, String password) implements Way {
            /// Without the password.
            @Override
            public String toString() {
                return "Sent[" + url + "]";
            }
        }

        /// Over the device's session at a broker, to our topic.
        record Published() implements Way {}
    }

    /// What a device is to report from now on.
    ///
    /// @param encoding `JSON` or `CSV`
    /// @param interval seconds
    /// @param retained failed reports that it keeps
    public record Order(String name, List<String> parameters, String encoding, long interval, int retained, Way way) {
        public Order {
            parameters = Frozen.list(parameters);
        }
    }

    /// What of a profile is to be otherwise; what is empty stays.
    public record Change(
            Optional<Boolean> enabled,
            Optional<Long> interval,
            Optional<Integer> retained,
            Optional<String> name,
            Optional<List<String>> parameters) {}

    /// The device refuses a step of it; what was begun is undone. Without a stack trace.
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        RefusedException(Fault fault) {
            super(fault.toString(), null, false, false);
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }

    /// The device has no way to our broker. Without a stack trace.
    public static final class NoBrokerException extends Exception {
        private static final long serialVersionUID = 1L;

        NoBrokerException() {
            super("the device has no session at an MQTT broker", null, false, false);
        }
    }

    /// As the device says it, or, where it does not in a moment, as it was known last.
    public Known of(EndpointId device, boolean ask) {
        if (ask) {
            try {
                return told(device);
            } catch (CallException | RefusedException away) {
                LOG.debug("{} is not there to say what it reports: {}", device, away.getMessage());
            }
        }
        List<TwinValue> values = twins.list(device, ALL, Limits.MODEL_VALUES);
        Map<String, Map<String, String>> objects = new TreeMap<>();
        for (TwinValue value : values) {
            int dot = value.path().lastIndexOf('.') + 1;
            objects.computeIfAbsent(value.path().substring(0, dot), _ -> new TreeMap<>())
                    .put(value.path().substring(dot), value.value());
        }
        return known(objects, false, values.stream().map(TwinValue::time).min(Instant::compareTo));
    }

    private Known told(EndpointId device) throws CallException, RefusedException {
        Map<String, Map<String, String>> objects = new TreeMap<>();
        for (GetResponse.RequestedPathResult result :
                get(device, ALL, 0, Limits.LOOK).requestedPathResults()) {
            refuse(result.fault());
            result.resolvedPathResults().forEach(object -> objects.put(object.resolvedPath(), object.resultParams()));
        }
        return known(objects, true, Optional.of(Instant.now()));
    }

    private static Known known(Map<String, Map<String, String>> objects, boolean asked, Optional<Instant> time) {
        return new Known(objects.getOrDefault(ALL, Map.of()), ReportProfile.of(objects), asked, time);
    }

    /// Adds a profile, whole or not at all, and switches it on.
    ///
    /// @return its instance number
    public long add(EndpointId device, Order order) throws CallException, RefusedException, NoBrokerException {
        Map<String, String> broker =
                order.way() instanceof Way.Published ? Map.of("Reference", client(device)) : Map.of();
        set(device, ALL, Map.of("Enable", "true"));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "Protocol",
                switch (order.way()) {
                    case Way.Pushed _ -> PUSHED;
                    case Way.Sent _ -> "HTTP";
                    case Way.Published _ -> "MQTT";
                });
        settings.put("EncodingType", order.encoding());
        settings.put("ReportingInterval", Long.toString(order.interval()));
        settings.put("NumberOfRetainedFailedReports", Integer.toString(order.retained()));
        if (!order.name().isEmpty()) {
            settings.put("Name", order.name());
        }
        String row = create(device, PROFILES, List.of(settings)).getFirst();
        boolean done = false;
        try {
            create(device, row + "Parameter.", references(order.parameters()));
            switch (order.way()) {
                case Way.Pushed _ -> subscribe(device);
                case Way.Sent(String url, String username, String password) -> {
                    List<ParameterSetting> http = new ArrayList<>(settings(
                            Map.of("URL", url, "Username", username, "Password", password, "RetryEnable", "true")));
                    String kept = row + "HTTP.PersistAcrossReboot";
                    // not every device can, and over TR-069 all or nothing is written
                    if (!overTr069.test(device) || twins.find(device, kept).isPresent()) {
                        http.add(new ParameterSetting(
                                "PersistAcrossReboot", Boolean.toString(order.retained() != 0), false));
                    }
                    set(device, row + "HTTP.", http);
                }
                case Way.Published _ -> {
                    Map<String, String> to = new LinkedHashMap<>(broker);
                    to.put("PublishTopic", MqttTopics.forReports(device));
                    to.put("PublishQoS", "1");
                    set(device, row + "MQTT.", to);
                }
            }
            set(device, row, Map.of("Enable", "true"));
            done = true;
        } finally {
            if (!done) {
                undo(device, row);
            }
        }
        return ReportProfile.number(row.replaceAll("[^0-9]", ""));
    }

    private void undo(EndpointId device, String row) {
        try {
            delete(device, List.of(row));
        } catch (CallException | RefusedException away) {
            LOG.warn("{} keeps a part of a report, {}: {}", device, row, away.getMessage());
        }
    }

    /// The MQTT client by which the device listens for us.
    private String client(EndpointId device) throws CallException, RefusedException, NoBrokerException {
        for (GetResponse.RequestedPathResult result :
                get(device, CLIENTS, 1, Limits.STEP).requestedPathResults()) {
            Optional<String> reference = result.resolvedPathResults().stream()
                    .map(object -> object.resultParams().getOrDefault("Reference", ""))
                    .filter(path -> !path.isEmpty())
                    .findFirst();
            if (reference.isPresent()) {
                return reference.get();
            }
        }
        throw new NoBrokerException();
    }

    private void subscribe(EndpointId device) throws CallException, RefusedException {
        String ours = SUBSCRIPTIONS + "[ID==\"" + OURS + "\"].";
        boolean there = get(device, ours, 1, Limits.STEP).requestedPathResults().stream()
                .anyMatch(result -> !result.resolvedPathResults().isEmpty());
        if (!there) {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("ID", OURS);
            settings.put("NotifType", "Event");
            settings.put("ReferenceList", PROFILES + "*.Push!");
            settings.put("Enable", "true");
            create(device, SUBSCRIPTIONS, List.of(settings));
        }
    }

    /// Changes a profile. Other parameters are added before those that are not wanted any more go.
    public void change(EndpointId device, ReportProfile profile, Change change) throws CallException, RefusedException {
        String row = PROFILES + profile.number() + ".";
        if (change.parameters().isPresent()) {
            List<String> wanted = change.parameters().get();
            List<String> there = profile.parameters().stream()
                    .filter(each -> !each.excluded())
                    .map(ReportProfile.Reference::path)
                    .toList();
            List<String> more = wanted.stream()
                    .filter(path -> !there.contains(path))
                    .distinct()
                    .toList();
            if (!more.isEmpty()) {
                create(device, row + "Parameter.", references(more));
            }
            List<String> less = profile.parameters().stream()
                    .filter(each -> !each.excluded() && !wanted.contains(each.path()))
                    .map(each -> row + "Parameter." + each.number() + ".")
                    .toList();
            if (!less.isEmpty()) {
                delete(device, less);
            }
        }
        Map<String, String> settings = new LinkedHashMap<>();
        change.interval().ifPresent(seconds -> settings.put("ReportingInterval", Long.toString(seconds)));
        change.retained().ifPresent(most -> settings.put("NumberOfRetainedFailedReports", Integer.toString(most)));
        change.name().ifPresent(name -> settings.put("Name", name));
        change.enabled().ifPresent(on -> settings.put("Enable", Boolean.toString(on)));
        if (!settings.isEmpty()) {
            set(device, row, settings);
        }
        if (change.enabled().orElse(false)) {
            set(device, ALL, Map.of("Enable", "true"));
        }
    }

    /// Removes a profile, and the subscription where no other report needs it.
    public void remove(EndpointId device, long number) throws CallException, RefusedException {
        delete(device, List.of(PROFILES + number + "."));
        boolean others = overTr069.test(device)
                || told(device).profiles().stream()
                        .anyMatch(each -> each.protocol().equals(PUSHED));
        if (!others) {
            delete(device, List.of(SUBSCRIPTIONS + "[ID==\"" + OURS + "\"]."));
        }
    }

    /// Has a report made now, beside those of the interval.
    public void report(EndpointId device, long number) throws CallException, RefusedException {
        OperateRequest now = new OperateRequest(PROFILES + number + ".ForceCollection()", "", true, Map.of());
        for (OperateResponse.OperationResult result :
                ((OperateResponse) line.call(device, now, Limits.STEP)).operationResults()) {
            if (result.outcome() instanceof OperateResponse.CommandFailure(Fault fault)) {
                throw new RefusedException(fault);
            }
        }
    }

    private static List<Map<String, String>> references(List<String> paths) {
        return paths.stream().map(path -> Map.of("Reference", path)).toList();
    }

    private GetResponse get(EndpointId device, String path, int depth, Duration limit) throws CallException {
        return (GetResponse) line.call(device, new GetRequest(List.of(path), depth), limit);
    }

    private static List<ParameterSetting> settings(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> new ParameterSetting(each.getKey(), each.getValue(), true))
                .toList();
    }

    private void set(EndpointId device, String object, Map<String, String> values)
            throws CallException, RefusedException {
        set(device, object, settings(values));
    }

    private void set(EndpointId device, String object, List<ParameterSetting> values)
            throws CallException, RefusedException {
        SetRequest request = new SetRequest(false, List.of(new SetRequest.UpdateObject(object, values)));
        for (SetResponse.UpdatedObjectResult result :
                ((SetResponse) line.call(device, request, Limits.STEP)).updatedObjectResults()) {
            if (result.operationStatus() instanceof SetResponse.OperationFailure failure) {
                throw new RefusedException(failure.fault());
            }
        }
    }

    /// One after the other over TR-069, which makes no two at once.
    ///
    /// @return the rows
    private List<String> create(EndpointId device, String table, List<Map<String, String>> rows)
            throws CallException, RefusedException {
        List<AddRequest.CreateObject> objects = rows.stream()
                .map(row -> new AddRequest.CreateObject(table, settings(row)))
                .toList();
        List<List<AddRequest.CreateObject>> requests =
                overTr069.test(device) ? objects.stream().map(List::of).toList() : List.of(objects);
        List<String> made = new ArrayList<>();
        for (List<AddRequest.CreateObject> each : requests) {
            AddResponse response = (AddResponse) line.call(device, new AddRequest(false, each), Limits.STEP);
            for (AddResponse.CreatedObjectResult result : response.createdObjectResults()) {
                switch (result.operationStatus()) {
                    case AddResponse.OperationSuccess success -> made.add(success.instantiatedPath());
                    case AddResponse.OperationFailure(Fault fault) -> throw new RefusedException(fault);
                }
            }
        }
        return made;
    }

    private void delete(EndpointId device, List<String> paths) throws CallException, RefusedException {
        for (DeleteResponse.DeletedObjectResult result : ((DeleteResponse)
                        line.call(device, new DeleteRequest(false, paths), Limits.STEP))
                .deletedObjectResults()) {
            if (result.operationStatus() instanceof DeleteResponse.OperationFailure(Fault fault)) {
                throw new RefusedException(fault);
            }
        }
    }

    private static void refuse(Optional<Fault> fault) throws RefusedException {
        if (fault.isPresent()) {
            throw new RefusedException(fault.get());
        }
    }
}
