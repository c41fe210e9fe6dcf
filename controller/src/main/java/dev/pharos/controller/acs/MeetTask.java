// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.usp.EndpointId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Makes a device know a controller: the authority that vouches for it where there is one to tell of, the broker where
/// there is one, with a login of its own, then the controller,
/// disabled, then the way to it, and enables it last, so that it never dials what is not yet all there. A login is made
/// when it is written, and so anew where a session has ended over it: nobody keeps its password meanwhile.
final class MeetTask extends RowTask {
    private static final String ROLES = "Device.LocalAgent.ControllerTrust.Role.";
    private static final String ROLE = "Full Access";
    private static final String ADD_CERTIFICATE = "Device.LocalAgent.AddCertificate";

    private final UspDoor door;
    private final String key;
    private final BrokerLogins logins;
    private final Deque<Supplier<Optional<Task>>> parts = new ArrayDeque<>();
    private final Deque<String> made = new ArrayDeque<>();
    private String broker = "";
    private String agentMtp = "";
    private String controller = "";
    private String way = "";
    private String password = "";
    private boolean isAdding;
    private boolean isAdded;
    private boolean takesNone;
    private Optional<ErrandEnd.Refused> refusal = Optional.empty();

    MeetTask(
            Errand.MeetController errand,
            Approach approach,
            String parameterKey,
            BrokerLogins logins,
            Progress progress) {
        super(reading(errand.door()), approach, progress);
        this.door = errand.door();
        this.key = parameterKey;
        this.logins = logins;
        door.authority().ifPresent(authority -> {
            parts.add(() -> certificate(authority));
            parts.add(this::certificatesAgain);
            parts.add(() -> trust(authority));
        });
        door.brokers().ifPresent(table -> {
            parts.add(() -> broker(table, approach.device()));
            parts.add(this::agentMtp);
        });
        parts.add(this::controller);
        parts.add(this::way);
        parts.add(this::enable);
    }

    private static List<String> reading(UspDoor door) {
        List<String> all = new ArrayList<>(Compared.PATHS);
        all.addAll(List.of(CONTROLLERS, ROLES));
        door.brokers().ifPresent(table -> {
            all.add(AGENT_MTPS);
            all.add(table.path());
        });
        door.authority().ifPresent(_ -> all.addAll(List.of(CERTIFICATES, CREDENTIALS)));
        return all;
    }

    @Override
    Optional<Task> following(ErrandEnd before) {
        switch (before) {
            case ErrandEnd.Added(String row) -> found(row);
            case ErrandEnd.Refused refused when isAdding && hasNoSuchName(refused.fault()) -> takesNone = true;
            case ErrandEnd.Refused refused -> {
                if (refusal.isEmpty()) {
                    refusal = Optional.of(new ErrandEnd.Refused(withoutPassword(refused.fault())));
                }
                parts.clear();
            }
            default -> {}
        }
        isAdding = false;
        Optional<Task> next = Optional.empty();
        while (next.isEmpty() && refusal.isEmpty() && !parts.isEmpty()) {
            next = parts.remove().get();
        }
        if (next.isPresent()) {
            return next;
        }
        if (refusal.isPresent()) {
            return made.isEmpty() ? end(refusal.get()) : Optional.of(remove(made.pop()));
        }
        return end(new ErrandEnd.Met(
                Compared.in(known()),
                takesNone ? "it takes no certificates over TR-069, and has to trust this server already" : ""));
    }

    /// A device that has no word for it may trust us all the same.
    private static boolean hasNoSuchName(CwmpFault fault) {
        int wanted = StandardFaultCode.INVALID_PARAMETER_NAME.code();
        return fault.fault().faultCode().code() == wanted
                || fault.parameterFaults().stream()
                        .anyMatch(each -> each.fault().faultCode().code() == wanted);
    }

    /// The certificate first: what is trusted refers to it.
    private Optional<Task> certificate(DoorAuthority authority) {
        Optional<String> there = certificates(authority).stream().findFirst();
        if (there.isPresent()) {
            return bring(CERTIFICATES, there.get(), Map.of("Enable", "true"));
        }
        isAdding = true;
        isAdded = true;
        return Optional.of(
                new SetTask(new Errand.SetValues(Map.of(ADD_CERTIFICATE, authority.pem())), approach(), key, part()));
    }

    /// By which row the device knows what was just added.
    private Optional<Task> certificatesAgain() {
        return isAdded && !takesNone
                ? Optional.of(
                        new ReadTask(new Errand.ReadValues(List.of(CERTIFICATES, ADD_CERTIFICATE)), approach(), part()))
                : Optional.empty();
    }

    private Optional<Task> trust(DoorAuthority authority) {
        if (takesNone) {
            return Optional.empty();
        }
        List<String> certificates = certificates(authority);
        if (certificates.isEmpty()) {
            refusal = Optional.of(new ErrandEnd.Refused(CwmpFault.of(
                    StandardFaultCode.INTERNAL_ERROR, "it took a certificate, and does not show it afterwards")));
            return Optional.empty();
        }
        List<String> there = credentials(certificates);
        if (there.stream().anyMatch(row -> isSet(row + "Enable"))) {
            // by whoever has said so
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Credential", CwmpNames.valueForAcs(reference(certificates.getFirst())));
        values.put("AllowedUses", ALLOWED);
        values.put("Enable", "true");
        String begun = row(CREDENTIALS, row -> isBegun(row, there)).orElse("");
        return bring(CREDENTIALS, begun, values);
    }

    /// Whether the row was begun in a session that ended.
    private boolean isBegun(String row, List<String> ofOurs) {
        return !isSet(row + "Enable")
                && known(row + "Role").isEmpty()
                && (ofOurs.contains(row) || !known(row + "Credential").contains("."));
    }

    private Task remove(String row) {
        return new DeleteTask(new Errand.DeleteRows(List.of(row)), approach(), key, part());
    }

    /// A row that was just made is the one that was wanted last.
    private void found(String row) {
        made.push(row);
        if (door.brokers().filter(table -> row.startsWith(table.path())).isPresent()) {
            broker = row;
        } else if (row.startsWith(AGENT_MTPS)) {
            agentMtp = row;
        } else if (row.startsWith(CREDENTIALS)) {
            // nothing refers to it
        } else if (controller.isEmpty()) {
            controller = row;
        } else {
            way = row;
        }
    }

    private Optional<String> row(String table, Predicate<String> wanted) {
        return rows(table).stream().filter(wanted).findFirst();
    }

    /// Makes the row, or writes what of it is otherwise.
    ///
    /// @param values as an ACS writes them, by name
    private Optional<Task> bring(String table, String there, Map<String, String> values) {
        if (there.isEmpty()) {
            return Optional.of(new AddTask(new Errand.AddRow(table, values), approach(), key, part()));
        }
        Map<String, String> otherwise = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            boolean same = value.equals("true")
                    ? isSet(there + name)
                    : known(there + name).equals(CwmpNames.valueInModel(value));
            if (!same && !(value.equals("false") && !isSet(there + name))) {
                otherwise.put(there + name, value);
            }
        });
        return otherwise.isEmpty()
                ? Optional.empty()
                : Optional.of(new SetTask(new Errand.SetValues(otherwise), approach(), key, part()));
    }

    private Optional<Task> broker(BrokerTable table, EndpointId device) {
        broker = row(table.path(), row -> isBroker(row, door, device))
                .or(() -> row(table.path(), row -> isUnused(row, table)))
                .orElse("");
        BrokerLogins.Login login = logins.make(device);
        password = login.password();
        Map<String, String> values = new LinkedHashMap<>(table.marks(door, device.toString()));
        values.putAll(table.terms(door.encrypted()));
        values.put("Username", login.userName());
        values.put("Password", password);
        values.put("Enable", "true");
        return bring(table.path(), broker, values);
    }

    /// What a device says of a value that it refuses may hold it.
    private CwmpFault withoutPassword(CwmpFault fault) {
        return password.isEmpty()
                ? fault
                : new CwmpFault(
                        fault.soapCode(),
                        withoutPassword(fault.fault()),
                        fault.parameterFaults().stream()
                                .map(each -> new ParameterFault(each.parameterName(), withoutPassword(each.fault())))
                                .toList());
    }

    private FaultStruct withoutPassword(FaultStruct said) {
        return new FaultStruct(said.faultCode(), said.faultString().replace(password, "…"));
    }

    private boolean isUnused(String row, BrokerTable table) {
        return !isSet(row + "Enable") && known(row + table.host()).isEmpty();
    }

    private Optional<Task> agentMtp() {
        String protocol = door.way().protocol();
        String reference = reference(broker);
        agentMtp = row(AGENT_MTPS, row -> known(row + protocol + ".Reference").equals(reference))
                .orElse("");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Protocol", protocol);
        values.put(protocol + ".Reference", reference);
        switch (door.way()) {
            case UspDoor.Way.WebSocket _ -> {}
            case UspDoor.Way.Mqtt mqtt -> values.put("MQTT.ResponseTopicConfigured", mqtt.own());
            case UspDoor.Way.Stomp stomp -> values.put("STOMP.Destination", stomp.own());
        }
        values.put("Enable", "true");
        return bring(AGENT_MTPS, agentMtp, values);
    }

    private Optional<Task> controller() {
        controller = row(CONTROLLERS, this::isOurs)
                .or(() -> row(CONTROLLERS, this::isHalfMade))
                .orElse("");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("EndpointID", door.controller().toString());
        row(ROLES, row -> known(row + "Name").equals(ROLE))
                .ifPresent(role -> values.put("AssignedRole", CwmpNames.valueForAcs(reference(role))));
        return bring(CONTROLLERS, controller, values);
    }

    private boolean isOurs(String row) {
        return known(row + "EndpointID").equals(door.controller().toString());
    }

    private Optional<Task> way() {
        String table = controller + "MTP.";
        way = row(table, this::isOurWay)
                .or(() -> row(table, row -> !isSet(row + "Enable")))
                .orElse("");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Protocol", door.way().protocol());
        switch (door.way()) {
            case UspDoor.Way.WebSocket(String path) -> {
                values.put("WebSocket.Host", door.host());
                values.put("WebSocket.Port", Integer.toString(door.port()));
                values.put("WebSocket.Path", path);
                values.put("WebSocket.EnableEncryption", Boolean.toString(door.encrypted()));
            }
            case UspDoor.Way.Mqtt(String topic, String _) -> {
                values.put("MQTT.Topic", topic);
                values.put("MQTT.AgentMTPReference", CwmpNames.valueForAcs(reference(agentMtp)));
            }
            case UspDoor.Way.Stomp(String destination, String _) -> {
                values.put("STOMP.Reference", reference(broker));
                values.put("STOMP.Destination", destination);
            }
        }
        values.put("Enable", "true");
        return bring(table, way, values);
    }

    private boolean isOurWay(String row) {
        return known(row + "Protocol").equals(door.way().protocol())
                && switch (door.way()) {
                    case UspDoor.Way.WebSocket _ ->
                        known(row + "WebSocket.Host").equals(door.host());
                    case UspDoor.Way.Mqtt _ ->
                        known(row + "MQTT.AgentMTPReference").equals(reference(agentMtp));
                    case UspDoor.Way.Stomp _ -> known(row + "STOMP.Reference").equals(reference(broker));
                };
    }

    private Optional<Task> enable() {
        return bring(CONTROLLERS, controller, Map.of("Enable", "true"));
    }
}
