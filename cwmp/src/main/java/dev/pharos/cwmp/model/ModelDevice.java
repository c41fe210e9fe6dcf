// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.cpe.CpeDevice;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AttributeChange;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.ChangeDuStateResponse;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.FactoryResetResponse;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.GetOptionsResponse;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfers;
import dev.pharos.cwmp.rpc.ParameterAttributes;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.RebootResponse;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.ScheduleInformResponse;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeSet;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A device with a TR-181 data model, as an ACS sees it. The ACS may read and write everything but secrets, which it
/// only writes.
public final class ModelDevice implements CpeDevice {
    private static final String INFO = "Device.DeviceInfo.";

    private final InstantiatedDataModel model;
    private final Surroundings surroundings;
    private final ModelWriter writer;
    private final ModelFiles files;
    private final Changes changes;

    /// @param parameterKey is given the ParameterKey of each call that has changed something
    public record Surroundings(
            Attributes attributes, Consumer<String> parameterKey, DeviceActions actions, InstantSource clock) {}

    public ModelDevice(InstantiatedDataModel model, Surroundings surroundings) {
        this.model = model;
        this.surroundings = surroundings;
        this.writer = new ModelWriter(model, surroundings.parameterKey(), surroundings.actions()::modules);
        this.files = new ModelFiles(model, surroundings.actions());
        this.changes = new Changes(surroundings.attributes());
    }

    /// To be told of every change of the data model.
    ///
    /// @return what of it the ACS is to hear of at once
    public Urgency changed(ChangeSet set) {
        // what the ACS itself writes is no news to it
        return writer.isWriting() ? Urgency.NONE : changes.note(set);
    }

    /// The parameters that a lightweight notification tells that is sent now, as they are now.
    public List<ParameterValue> lightNews() {
        ModelReader reader = reader();
        return reader.values(changes.tellLightly().stream()
                .flatMap(path -> reader.parameter(path).stream())
                .toList());
    }

    /// Whether the next Inform has changes to tell, and so needs the event 4 VALUE CHANGE.
    public boolean hasChanged() {
        return !changes.isEmpty();
    }

    /// An Inform was answered: its changes are told.
    public void informed() {
        changes.told();
    }

    @Override
    public DeviceId deviceId() {
        return new DeviceId(info("Manufacturer"), info("ManufacturerOUI"), info("ProductClass"), info("SerialNumber"));
    }

    private String info(String parameter) {
        return model.snapshot().value(INFO + parameter).orElse("");
    }

    @Override
    public CwmpTime currentTime() {
        return CwmpTime.of(surroundings.clock().instant());
    }

    @Override
    public List<ParameterValue> informParameters(List<EventStruct> events) {
        boolean changed = events.stream().anyMatch(each -> each.eventCode() == StandardEvent.VALUE_CHANGE);
        Stream<String> news = changed ? changes.tell().stream() : Stream.empty();
        ModelReader reader = reader();
        Map<String, ModelReader.Found> told = new LinkedHashMap<>();
        Stream.concat(InformParameters.always(), news)
                .forEach(path -> reader.parameter(path).ifPresent(each -> told.put(path, each)));
        InformParameters.wanted(reader, model.snapshot(), events).forEach(each -> told.putIfAbsent(each.path(), each));
        return reader.values(told.values());
    }

    @Override
    public List<String> methods() {
        List<String> methods = new ArrayList<>(List.of(
                "GetRPCMethods",
                "SetParameterValues",
                "GetParameterValues",
                "GetParameterNames",
                "SetParameterAttributes",
                "GetParameterAttributes",
                "AddObject",
                "DeleteObject",
                "ScheduleInform",
                "GetOptions"));
        if (surroundings.actions().canRestart()) {
            methods.addAll(List.of("Reboot", "FactoryReset"));
        }
        methods.addAll(files.methods());
        if (surroundings.actions().modules().isPresent()) {
            methods.add("ChangeDUState");
        }
        return methods;
    }

    @Override
    public <R extends Response> Answer answer(AcsRequest<R> request) {
        try {
            return done(request);
        } catch (CallFault failed) {
            return failed.fault();
        } catch (UncheckedIOException unkept) {
            throw unkept;
        } catch (RuntimeException defect) {
            surroundings.actions().failed(request.method(), defect);
            return CwmpFault.of(StandardFaultCode.INTERNAL_ERROR, "the device's own log says more");
        }
    }

    @Override
    public void answered(CpeRequest<?> request, Answer answer) {
        surroundings.actions().answered(request, answer);
    }

    private Answer done(AcsRequest<?> request) {
        return switch (request) {
            case GetParameterValues get -> get(get);
            case GetParameterNames names -> new GetParameterNamesResponse(reader().names(names));
            case SetParameterValues set -> writer.set(set);
            case AddObject add -> writer.add(add);
            case DeleteObject delete -> writer.delete(delete);
            case GetParameterAttributes get -> attributes(get);
            case SetParameterAttributes set -> attributes(set);
            case Reboot reboot -> {
                surroundings.actions().reboot(reboot.commandKey());
                yield new RebootResponse();
            }
            case FactoryReset _ -> {
                surroundings.actions().factoryReset();
                yield new FactoryResetResponse();
            }
            case ScheduleInform inform -> schedule(inform);
            case Download order -> files.download(order);
            case Upload order -> files.upload(order);
            case ScheduleDownload order -> files.scheduleDownload(order);
            case CancelTransfer asked -> files.cancel(asked);
            case GetQueuedTransfers _ -> files.queued();
            case GetAllQueuedTransfers _ -> files.allQueued();
            case ChangeDuState order -> change(order);
            case GetOptions asked -> options(asked);
            default -> CwmpFault.of(StandardFaultCode.METHOD_NOT_SUPPORTED, request.method() + " is not supported");
        };
    }

    /// What is wrong with one operation is told when all have ended.
    private Answer change(ChangeDuState order) {
        ModuleActions modules = surroundings
                .actions()
                .modules()
                .orElseThrow(() -> new CallFault(StandardFaultCode.METHOD_NOT_SUPPORTED, "there are no modules here"));
        if (order.operations().isEmpty()) {
            throw new CallFault(StandardFaultCode.REQUEST_DENIED, "Operations: there is none");
        }
        if (!modules.change(order)) {
            throw new CallFault(StandardFaultCode.RESOURCES_EXCEEDED, "too many operations wait already");
        }
        return new ChangeDuStateResponse();
    }

    /// Options are what vouchers turn on (TR-069 Annex C), and nothing here is turned on so.
    private static Answer options(GetOptions asked) {
        if (!asked.optionName().isEmpty()) {
            throw new CallFault(
                    StandardFaultCode.INVALID_ARGUMENTS,
                    "OptionName: there is no option " + Shown.of(asked.optionName()));
        }
        return new GetOptionsResponse(List.of());
    }

    private ModelReader reader() {
        return new ModelReader(model.supported(), model.snapshot());
    }

    private Answer get(GetParameterValues asked) {
        ModelReader reader = reader();
        Map<String, ModelReader.Found> found = new LinkedHashMap<>();
        for (String name : asked.parameterNames()) {
            reader.parameters(name).forEach(each -> found.putIfAbsent(each.path(), each));
        }
        return new GetParameterValuesResponse(reader.values(found.values()));
    }

    private Answer attributes(GetParameterAttributes asked) {
        ModelReader reader = reader();
        Map<String, ParameterAttributes> found = new LinkedHashMap<>();
        for (String name : asked.parameterNames()) {
            reader.parameters(name)
                    .forEach(each -> found.putIfAbsent(
                            each.path(),
                            new ParameterAttributes(
                                    each.said(), surroundings.attributes().of(each.path()), List.of())));
        }
        return new GetParameterAttributesResponse(List.copyOf(found.values()));
    }

    /// Nobody else writes the parameters of this device than who manages it, so that an access list changes nothing.
    private Answer attributes(SetParameterAttributes asked) {
        ModelReader reader = reader();
        Map<String, Notification> wanted = new LinkedHashMap<>();
        for (AttributeChange change : asked.parameterList()) {
            String path = reader.place(change.name());
            change.notification()
                    .ifPresent(notification -> wanted.put(path.isEmpty() ? "Device." : path, notification));
        }
        surroundings.attributes().change(wanted);
        return new SetParameterAttributesResponse();
    }

    private Answer schedule(ScheduleInform asked) {
        if (!asked.delay().isPositive()) {
            throw new CallFault(StandardFaultCode.INVALID_ARGUMENTS, "DelaySeconds must be more than 0");
        }
        if (!surroundings.actions().scheduleInform(asked.delay(), asked.commandKey())) {
            throw new CallFault(StandardFaultCode.RESOURCES_EXCEEDED, "too many Informs are planned already");
        }
        return new ScheduleInformResponse();
    }
}
