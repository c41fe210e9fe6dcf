// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.acs.AcsConnection;
import dev.pharos.cwmp.acs.AcsSessions;
import dev.pharos.cwmp.acs.AcsStep;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.cpe.CpeDevice;
import dev.pharos.cwmp.cpe.CpeSession;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.ChangeDuStateResponse;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterAttributes;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.RebootResponse;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleDownloadResponse;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A device that is a list of values; those whose names hold `Locked`, or what a test says, cannot be written.
public final class PaperDevice implements CpeDevice {
    private static final String ADD_CERTIFICATE = ".AddCertificate";

    public final Map<String, String> values = new TreeMap<>();
    public final List<AcsRequest<?>> asked = new ArrayList<>();
    public final List<String> informs = new ArrayList<>();
    /// What a new row of a table has at first, by the end of the table's name.
    public final Map<String, Map<String, String>> fresh = new TreeMap<>();
    /// What cannot be written.
    public String unwritable = "Locked";
    /// Whether it says of a value that it refuses what that was.
    boolean echoes;
    /// Whether its rows stay.
    boolean undeletable;

    /// What it shows of a certificate that it is told of, where it has a word for that.
    final Map<String, String> certificate = new TreeMap<>();

    DeviceId id = new DeviceId("Acme", "00256D", "Box", "S 1");
    /// How it tells of changes; of all else not.
    final Map<String, Notification> attributes = new TreeMap<>();
    /// Of what it does not tell at once, by a part of the name, and of what not at all.
    String neverAtOnce = "nothing";

    String neverTold = "nothing";
    /// Whether it knows attributes at all.
    boolean hasAttributes = true;
    /// Whether it says attributes beneath an object.
    boolean attributesByObject = true;

    /// Whether it knows ScheduleDownload.
    boolean plansDownloads;

    /// Whether it takes orders of software modules.
    boolean hasModules = true;

    private long rows;
    boolean namesItsParameters = true;
    /// What happens when it is written.
    Runnable onSet = () -> {};
    /// What it cannot read, although it names it.
    String unreadable = "nothing";
    /// What it answers to these requests.
    final Map<AcsRequest<?>, Answer> others = new HashMap<>();
    /// Whether it leaves out what it does not have, in place of a fault.
    boolean lenient;

    public PaperDevice() {
        values.put("Device.DeviceInfo.SoftwareVersion", "1.0");
        values.put("Device.DeviceInfo.ModelName", "Box 7");
        values.put("Device.ManagementServer.PeriodicInformInterval", "60");
        values.put("Device.USPAgent.MTPNumberOfEntries", "0");
        for (int i = 1; i <= 70; i++) {
            values.put("Device.Hosts.Host." + i + ".HostName", "host-" + i);
        }
        informs.add("Device.DeviceInfo.SoftwareVersion");
    }

    /// Holds a session with these sessions of an ACS.
    ///
    /// @param exchanges after which the device is gone
    public Step.End session(AcsSessions sessions, Outbox outbox, Caller caller, int exchanges) {
        CpeSession cpe = new CpeSession(CwmpVersion.V1_4, this, outbox);
        AcsConnection connection = new AcsConnection();
        Step step = cpe.begin();
        int done = 0;
        while (step instanceof Step.Post(var envelope)) {
            if (done >= exchanges) {
                return cpe.broken("gone");
            }
            done++;
            Received received = envelope.<Received>map(Received.Message::new).orElseGet(Received.Nothing::new);
            AcsStep answer = sessions.take(new AcsSessions.Message(received, List.of(), connection, caller))
                    .step();
            step = switch (answer) {
                case AcsStep.Send(var sent) -> cpe.next(new Received.Message(sent));
                case AcsStep.Finish _ -> cpe.next(new Received.Nothing());
                case AcsStep.Challenge _ -> cpe.broken("401");
                case AcsStep.Refuse(String reason) -> cpe.broken(reason);
                case AcsStep.Later(Duration _, String reason) -> cpe.broken(reason);
            };
        }
        return (Step.End) step;
    }

    @Override
    public DeviceId deviceId() {
        return id;
    }

    @Override
    public CwmpTime currentTime() {
        return CwmpTime.UNKNOWN;
    }

    @Override
    public List<ParameterValue> informParameters(List<EventStruct> events) {
        return informs.stream().map(this::value).toList();
    }

    private ParameterValue value(String name) {
        PrimitiveType type = name.endsWith("Interval") ? PrimitiveType.UNSIGNED_INT : PrimitiveType.STRING;
        return new ParameterValue(name, type, values.getOrDefault(name, ""));
    }

    @Override
    public List<String> methods() {
        List<String> methods = new ArrayList<>(List.of(
                "GetRPCMethods",
                "GetParameterNames",
                "GetParameterValues",
                "SetParameterValues",
                "AddObject",
                "DeleteObject",
                "GetParameterAttributes",
                "SetParameterAttributes",
                "Reboot",
                "Download",
                "ChangeDUState"));
        if (plansDownloads) {
            methods.add("ScheduleDownload");
        }
        others.keySet().forEach(each -> methods.add(each.method()));
        return methods;
    }

    @Override
    public <R extends Response> Answer answer(AcsRequest<R> request) {
        asked.add(request);
        Answer other = others.get(request);
        if (other != null) {
            return other;
        }
        return switch (request) {
            case GetParameterNames names -> names(names);
            case GetParameterValues get -> get(get);
            case SetParameterValues set -> set(set);
            case AddObject add -> add(add);
            case DeleteObject delete -> delete(delete);
            case Reboot _ -> new RebootResponse();
            case ScheduleDownload _ -> new ScheduleDownloadResponse();
            case ChangeDuState _ when hasModules -> new ChangeDuStateResponse();
            case Download _ -> new DownloadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
            case GetParameterAttributes get when hasAttributes -> attributes(get);
            case SetParameterAttributes set when hasAttributes -> attributes(set);
            default -> CwmpFault.of(StandardFaultCode.METHOD_NOT_SUPPORTED, "no");
        };
    }

    private Answer attributes(GetParameterAttributes get) {
        List<ParameterAttributes> found = new ArrayList<>();
        for (String name : get.parameterNames()) {
            List<String> there = values.keySet().stream()
                    .filter(each ->
                            name.endsWith(".") ? attributesByObject && each.startsWith(name) : each.equals(name))
                    .toList();
            if (there.isEmpty()) {
                return CwmpFault.of(StandardFaultCode.INVALID_PARAMETER_NAME, "Invalid parameter name");
            }
            there.forEach(each -> found.add(new ParameterAttributes(
                    each, attributes.getOrDefault(each, Notification.OFF), List.of("Subscriber"))));
        }
        return new GetParameterAttributesResponse(found);
    }

    private Answer attributes(SetParameterAttributes set) {
        Map<String, Notification> changed = new TreeMap<>();
        set.parameterList()
                .forEach(each -> changed.put(each.name(), each.notification().orElseThrow()));
        boolean refused = changed.entrySet().stream()
                .anyMatch(each -> each.getKey().contains(neverTold)
                        || (each.getKey().contains(neverAtOnce) && each.getValue() == Notification.ACTIVE));
        if (refused) {
            return CwmpFault.of(StandardFaultCode.NOTIFICATION_REQUEST_REJECTED, "not that");
        }
        attributes.putAll(changed);
        return new SetParameterAttributesResponse();
    }

    private Answer add(AddObject asked) {
        if (asked.objectName().contains("Locked")) {
            return CwmpFault.of(StandardFaultCode.RESOURCES_EXCEEDED, "full");
        }
        rows++;
        Optional<Map<String, String>> first = fresh.keySet().stream()
                .filter(asked.objectName()::endsWith)
                .findFirst()
                .map(fresh::get);
        if (first.isPresent()) {
            first.get()
                    .forEach((name, value) ->
                            values.put(asked.objectName() + rows + "." + name, value.replace("#", "" + rows)));
            return new AddObjectResponse(rows, Status.DONE);
        }
        values.put(asked.objectName() + rows + ".Name", "");
        values.put(asked.objectName() + rows + ".PortInterval", "5");
        return new AddObjectResponse(rows, Status.DONE);
    }

    private Answer delete(DeleteObject asked) {
        if (undeletable) {
            return CwmpFault.of(StandardFaultCode.REQUEST_DENIED, "it stays");
        }
        return values.keySet().removeIf(name -> name.startsWith(asked.objectName()))
                ? new DeleteObjectResponse(Status.DONE)
                : CwmpFault.of(StandardFaultCode.INVALID_PARAMETER_NAME, "no such row");
    }

    private Answer names(GetParameterNames asked) {
        if (!namesItsParameters) {
            return CwmpFault.of(StandardFaultCode.REQUEST_DENIED, "no");
        }
        List<ParameterInfo> names = new ArrayList<>(List.of(new ParameterInfo("Device.", false)));
        values.keySet().stream()
                .filter(name -> name.startsWith(asked.parameterPath()))
                .map(name -> {
                    int next = asked.nextLevel()
                            ? name.indexOf('.', asked.parameterPath().length())
                            : -1;
                    return next < 0 ? name : name.substring(0, next + 1);
                })
                .distinct()
                .forEach(name -> names.add(new ParameterInfo(name, true)));
        return new GetParameterNamesResponse(names);
    }

    private Answer get(GetParameterValues asked) {
        List<ParameterValue> found = new ArrayList<>();
        for (String name : asked.parameterNames()) {
            List<String> there = values.keySet().stream()
                    .filter(each -> name.endsWith(".") ? each.startsWith(name) : each.equals(name))
                    .filter(each -> !each.contains(unreadable))
                    .toList();
            if (there.isEmpty() && !lenient) {
                return CwmpFault.of(StandardFaultCode.INVALID_PARAMETER_NAME, "Invalid parameter name");
            }
            there.forEach(each -> found.add(value(each)));
        }
        return new GetParameterValuesResponse(found);
    }

    private Answer set(SetParameterValues asked) {
        onSet.run();
        List<ParameterFault> faults = asked.parameterList().stream()
                .filter(each -> each.name().contains(unwritable))
                .map(each -> new ParameterFault(
                        each.name(),
                        new FaultStruct(
                                StandardFaultCode.NON_WRITABLE_PARAMETER,
                                echoes ? "read-only, not " + each.value() : "read-only")))
                .toList();
        if (!faults.isEmpty()) {
            return CwmpFault.of(StandardFaultCode.INVALID_ARGUMENTS, "Invalid arguments", faults);
        }
        for (ParameterValue each : asked.parameterList()) {
            if (!each.name().endsWith(ADD_CERTIFICATE)) {
                values.put(each.name(), each.value());
            } else if (values.containsKey(each.name())) {
                rows++;
                String row = each.name().replace(ADD_CERTIFICATE, ".Certificate.") + rows + ".";
                certificate.forEach((name, value) -> values.put(row + name, value));
            } else {
                return CwmpFault.of(
                        StandardFaultCode.INVALID_ARGUMENTS,
                        "Invalid arguments",
                        List.of(new ParameterFault(
                                each.name(), new FaultStruct(StandardFaultCode.INVALID_PARAMETER_NAME, "unknown"))));
            }
        }
        return new SetParameterValuesResponse(Status.DONE);
    }
}
