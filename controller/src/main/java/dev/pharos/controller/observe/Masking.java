// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.DeregisterResponse;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Puts a mask over every secret of a Message, wherever in it a device or a caller may have put one. Used for one
/// Message by one thread.
final class Masking {
    private static final Pattern NAME_OF_A_PAIR = Pattern.compile("(?i)(?:name|key|id|parameter|header)");
    private static final Pattern VALUE_OF_A_PAIR = Pattern.compile("(?i)(?:value|data|content)");

    /// What is shorter stands in ordinary words too.
    private static final int SHORTEST_ECHO = 4;

    private final SecretParameters secrets;
    private final Set<String> echoes;
    private final Set<String> found = new LinkedHashSet<>();
    private boolean masked;

    /// @param echoes secrets of the request that this Message may answer, which are masked wherever they are repeated
    Masking(SecretParameters secrets, Set<String> echoes) {
        this.secrets = secrets;
        this.echoes = echoes;
    }

    /// The secrets that were found, as they were.
    Set<String> found() {
        return found;
    }

    /// Whether anything was masked.
    boolean masked() {
        return masked;
    }

    Body of(Body body) {
        return switch (body) {
            case GetRequest get -> new GetRequest(paths(get.paramPaths()), get.maxDepth());
            case SetRequest set -> new SetRequest(set.allowPartial(), each(set.updateObjects(), this::updated));
            case AddRequest add -> new AddRequest(add.allowPartial(), each(add.createObjects(), this::created));
            case DeleteRequest delete -> new DeleteRequest(delete.allowPartial(), paths(delete.objPaths()));
            case OperateRequest run ->
                new OperateRequest(
                        path(run.command()),
                        text(run.commandKey()),
                        run.sendResponse(),
                        values(run.command() + ".", run.inputArgs()));
            case GetInstancesRequest get -> new GetInstancesRequest(paths(get.objPaths()), get.firstLevelOnly());
            case GetSupportedDmRequest names -> names;
            case GetSupportedProtocolRequest versions -> versions;
            case NotifyRequest notify ->
                new NotifyRequest(
                        notify.subscriptionId(),
                        notify.sendResponse(),
                        new MaskedNotification(this).of(notify.notification()));
            case RegisterRequest register -> new RegisterRequest(register.allowPartial(), paths(register.paths()));
            case DeregisterRequest deregister -> new DeregisterRequest(paths(deregister.paths()));
            case GetResponse got -> new GetResponse(each(got.requestedPathResults(), this::got));
            case SetResponse set -> new SetResponse(each(set.updatedObjectResults(), new MaskedOutcome(this)::set));
            case AddResponse added ->
                new AddResponse(each(added.createdObjectResults(), new MaskedOutcome(this)::added));
            case DeleteResponse deleted ->
                new DeleteResponse(each(deleted.deletedObjectResults(), new MaskedOutcome(this)::deleted));
            case OperateResponse done ->
                new OperateResponse(each(done.operationResults(), new MaskedOutcome(this)::done));
            case GetInstancesResponse got ->
                new GetInstancesResponse(each(got.requestedPathResults(), this::instances));
            case GetSupportedDmResponse names -> names;
            case GetSupportedProtocolResponse versions -> versions;
            case NotifyResponse acknowledged -> acknowledged;
            case RegisterResponse registered -> registered;
            case DeregisterResponse deregistered -> deregistered;
            case UspError error -> error(error);
        };
    }

    // ---- requests and what was read

    private SetRequest.UpdateObject updated(SetRequest.UpdateObject object) {
        return new SetRequest.UpdateObject(path(object.objPath()), settings(object.objPath(), object.paramSettings()));
    }

    private AddRequest.CreateObject created(AddRequest.CreateObject object) {
        return new AddRequest.CreateObject(path(object.objPath()), settings(object.objPath(), object.paramSettings()));
    }

    private List<ParameterSetting> settings(String object, List<ParameterSetting> settings) {
        Map<String, String> named = new LinkedHashMap<>();
        settings.forEach(setting -> named.putIfAbsent(setting.param(), setting.value()));
        boolean pair = isNamedSecret(named);
        return each(
                settings,
                setting -> new ParameterSetting(
                        path(setting.param()),
                        value(object, setting.param(), setting.value(), pair),
                        setting.required()));
    }

    private GetResponse.RequestedPathResult got(GetResponse.RequestedPathResult result) {
        return new GetResponse.RequestedPathResult(
                path(result.requestedPath()),
                result.fault().map(this::fault),
                each(
                        result.resolvedPathResults(),
                        object -> new GetResponse.ResolvedPathResult(
                                path(object.resolvedPath()), values(object.resolvedPath(), object.resultParams()))));
    }

    private GetInstancesResponse.RequestedPathResult instances(GetInstancesResponse.RequestedPathResult result) {
        return new GetInstancesResponse.RequestedPathResult(
                path(result.requestedPath()),
                result.fault().map(this::fault),
                each(
                        result.currentInstances(),
                        row -> new GetInstancesResponse.CurrentInstance(
                                path(row.instantiatedObjPath()), values(row.instantiatedObjPath(), row.uniqueKeys()))));
    }

    private UspError error(UspError error) {
        boolean secret = error.parameterErrors().stream().anyMatch(each -> secrets.isSecret(each.paramPath()));
        return new UspError(
                fault(error.fault(), secret),
                each(
                        error.parameterErrors(),
                        each -> new UspError.ParameterError(
                                path(each.paramPath()), fault(each.fault(), secrets.isSecret(each.paramPath())))));
    }

    // ---- what the parts of a Message are made of

    /// Values by name. Where they name a secret themselves, as `Name` and `Value` of a row do, that value is one.
    Map<String, String> values(String object, Map<String, String> values) {
        boolean pair = isNamedSecret(values);
        Map<String, String> result = new LinkedHashMap<>();
        values.forEach((name, value) -> result.put(path(name), value(object, name, value, pair)));
        return Frozen.adopt(result);
    }

    String value(String path, String value) {
        return value("", path, value, false);
    }

    String value(String object, String name, String value, boolean namedSecret) {
        boolean secret = secrets.isSecret(object + name)
                || (namedSecret && VALUE_OF_A_PAIR.matcher(name).matches());
        return secret ? hidden(value) : text(value);
    }

    /// Whether values of one row name another of them as a secret.
    boolean isNamedSecret(Map<String, String> values) {
        return values.entrySet().stream()
                .anyMatch(entry ->
                        NAME_OF_A_PAIR.matcher(entry.getKey()).matches() && Secrets.isSecret(entry.getValue()));
    }

    boolean isSecret(String path) {
        return secrets.isSecret(path);
    }

    /// Hides what goes with a secret and is none itself, so that it is not looked for elsewhere.
    String veiled(String value) {
        masked |= !value.isEmpty();
        return value.isEmpty() ? value : Secrets.MASK;
    }

    String hidden(String value) {
        if (value.isEmpty()) {
            return value;
        }
        masked = true;
        found.add(value);
        return Secrets.MASK;
    }

    List<ParameterError> errors(String object, List<ParameterError> errors) {
        return each(
                errors,
                failed -> new ParameterError(
                        path(failed.param()), fault(failed.fault(), secrets.isSecret(object + failed.param()))));
    }

    Fault fault(Fault fault) {
        return fault(fault, false);
    }

    /// Devices like to quote the value that they refuse.
    private Fault fault(Fault fault, boolean aboutSecret) {
        return new Fault(fault.errCode(), aboutSecret ? hidden(fault.errMsg()) : text(fault.errMsg()));
    }

    String text(String text) {
        String shown = secrets.masked(text);
        for (String echo : echoes) {
            if (echo.length() >= SHORTEST_ECHO) {
                shown = shown.replace(echo, Secrets.MASK);
            }
        }
        masked |= !shown.equals(text);
        return shown;
    }

    String path(String path) {
        String shown = secrets.maskedPath(path);
        masked |= !shown.equals(path);
        return shown;
    }

    List<String> paths(List<String> paths) {
        return each(paths, this::path);
    }

    static <T> List<T> each(List<T> items, UnaryOperator<T> mask) {
        List<T> result = new ArrayList<>(items.size());
        items.forEach(item -> result.add(mask.apply(item)));
        return result;
    }
}
