// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.datamodel.instance.TransactionBody;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes a data model as an ACS does: all that one call says, or nothing of it.
final class ModelWriter {
    private static final int KEY_CHARACTERS = 32;

    private final InstantiatedDataModel model;
    private final Consumer<String> parameterKey;
    private final Supplier<Optional<ModuleActions>> modules;
    private volatile @Nullable Thread writing;

    /// @param parameterKey is given the ParameterKey of each call that has succeeded
    /// @param modules who starts and stops execution units
    ModelWriter(InstantiatedDataModel model, Consumer<String> parameterKey, Supplier<Optional<ModuleActions>> modules) {
        this.model = model;
        this.parameterKey = parameterKey;
        this.modules = modules;
    }

    /// Whether the change that the calling thread is told of is one that the ACS makes.
    boolean isWriting() {
        return Thread.currentThread().equals(writing);
    }

    private static void check(String key) {
        if (key.length() > KEY_CHARACTERS) {
            throw new CallFault(
                    StandardFaultCode.INVALID_ARGUMENTS,
                    "a ParameterKey has at most " + KEY_CHARACTERS + " characters");
        }
    }

    private <T> T write(String key, TransactionBody<T> body) {
        check(key);
        writing = Thread.currentThread();
        try {
            T result = model.write(Origin.MANAGEMENT, body);
            parameterKey.accept(key);
            return result;
        } catch (UspException refused) {
            throw new CallFault(refused);
        } finally {
            writing = null;
        }
    }

    Answer set(SetParameterValues asked) {
        Optional<ParameterValue> certificate = asked.parameterList().stream()
                .filter(each -> CwmpNames.inModel(each.name()).equals(AddedCertificate.PATH))
                .findFirst();
        if (certificate.isPresent()) {
            return add(asked, certificate.get());
        }
        Map<String, String> states = new LinkedHashMap<>();
        Answer answer = set(asked, states);
        states.forEach((unit, state) -> modules.get().ifPresent(actions -> actions.request(unit, state)));
        return answer;
    }

    /// A command, which no transaction takes back: it is asked for alone, so that nothing is done by halves.
    private Answer add(SetParameterValues asked, ParameterValue certificate) {
        check(asked.parameterKey());
        if (asked.parameterList().size() > 1) {
            throw refused(certificate, StandardFaultCode.INVALID_ARGUMENTS, "is a command, and is written alone");
        }
        if (certificate.value().length() > AddedCertificate.CHARACTERS) {
            throw refused(
                    certificate,
                    StandardFaultCode.INVALID_PARAMETER_VALUE,
                    "has more than " + AddedCertificate.CHARACTERS + " characters");
        }
        writing = Thread.currentThread();
        try {
            var _ = model.operate(AddedCertificate.COMMAND, AddedCertificate.inputs(certificate.value()));
            parameterKey.accept(asked.parameterKey());
            return new SetParameterValuesResponse(Status.DONE);
        } catch (UspException wrong) {
            throw refused(
                    certificate, CallFault.code(wrong.code()), wrong.fault().errMsg());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw refused(certificate, StandardFaultCode.INTERNAL_ERROR, "the device stops");
        } finally {
            writing = null;
        }
    }

    private static CallFault refused(ParameterValue of, StandardFaultCode code, String why) {
        return new CallFault(
                StandardFaultCode.INVALID_ARGUMENTS, "nothing was set", List.of(fault(of.name(), code, why)));
    }

    /// @param states is given which execution units are to be in which state
    private Answer set(SetParameterValues asked, Map<String, String> states) {
        return write(asked.parameterKey(), transaction -> {
            List<ParameterFault> faults = new ArrayList<>();
            Set<String> named = new HashSet<>();
            for (ParameterValue each : asked.parameterList()) {
                path(transaction, each.name(), faults).ifPresent(path -> {
                    if (!named.add(path)) {
                        faults.add(fault(each.name(), StandardFaultCode.INVALID_ARGUMENTS, "named twice"));
                    } else if (!isState(transaction.snapshot(), path, each, states, faults)) {
                        set(transaction, path, each, faults);
                    }
                });
            }
            if (faults.isEmpty()) {
                transaction
                        .check()
                        .forEach(found -> faults.add(fault(
                                CwmpNames.forAcs(found.path()),
                                CallFault.code(found.fault().errCode()),
                                found.fault().errMsg())));
            }
            if (!faults.isEmpty()) {
                throw new CallFault(StandardFaultCode.INVALID_ARGUMENTS, "nothing was set", faults);
            }
            return new SetParameterValuesResponse(Status.DONE);
        });
    }

    /// Takes what is no value of the data model but a wish for an execution unit.
    private static boolean isState(
            Snapshot snapshot,
            String path,
            ParameterValue each,
            Map<String, String> states,
            List<ParameterFault> faults) {
        Optional<ObjectInstance> unit = RequestedState.unit(snapshot, path);
        unit.ifPresent(one -> RequestedState.objection(snapshot, one, each.value())
                .ifPresentOrElse(
                        why -> faults.add(fault(each.name(), StandardFaultCode.INVALID_PARAMETER_VALUE, why)),
                        () -> states.put(one.path(), each.value())));
        return unit.isPresent();
    }

    /// The place that a name means. Rows that it names by an Alias that none has are made, where the ACS has
    /// said so (`AutoCreateInstances`).
    private Optional<String> path(Transaction transaction, String name, List<ParameterFault> faults) {
        if (name.isEmpty() || name.endsWith(".")) {
            faults.add(fault(name, StandardFaultCode.INVALID_PARAMETER_NAME, "no parameter"));
            return Optional.empty();
        }
        try {
            return Optional.of(place(transaction, name, AcsNames.createsRows(transaction.snapshot())));
        } catch (UspException refused) {
            faults.add(
                    fault(name, CallFault.code(refused.code()), refused.fault().errMsg()));
        } catch (CallFault unknown) {
            faults.add(fault(name, StandardFaultCode.INVALID_PARAMETER_NAME, String.valueOf(unknown.getMessage())));
        }
        return Optional.empty();
    }

    /// @param creates whether rows are made of which the Alias is not there
    private static String place(Transaction transaction, String name, boolean creates) {
        String path = CwmpNames.inModel(name);
        if (!AcsNames.hasAlias(name)) {
            return path;
        }
        StringBuilder place = new StringBuilder(path.length());
        List<String> segments = AcsNames.segments(path);
        for (int i = 0; i < segments.size(); i++) {
            Optional<String> alias = AcsNames.alias(segments.get(i));
            if (alias.isPresent()) {
                String row = row(transaction, place.toString(), alias.get(), creates)
                        .orElseThrow(() -> ModelReader.unknown(name));
                place.replace(0, place.length(), row);
            } else {
                place.append(segments.get(i)).append(i < segments.size() - 1 || path.endsWith(".") ? "." : "");
            }
        }
        return place.toString();
    }

    private static Optional<String> row(Transaction transaction, String table, String alias, boolean creates) {
        Optional<String> there =
                AcsNames.row(transaction.snapshot(), table, alias).map(ObjectInstance::path);
        return there.isPresent() || !creates ? there : Optional.of(named(transaction, table, alias));
    }

    /// A new row with this Alias.
    private static String named(Transaction transaction, String table, String alias) {
        String row = transaction.add(table);
        transaction.set(row + AcsNames.ALIAS, alias);
        return row;
    }

    private void set(Transaction transaction, String path, ParameterValue each, List<ParameterFault> faults) {
        try {
            Snapshot now = transaction.snapshot();
            boolean refers = new ModelReader(model.supported(), now)
                    .parameter(path)
                    .filter(found -> found.definition().reference().isPresent())
                    .isPresent();
            transaction.set(
                    path, refers ? new AcsNames(model.supported(), now).valueInModel(each.value()) : each.value());
        } catch (UspException refused) {
            faults.add(fault(
                    each.name(), CallFault.code(refused.code()), refused.fault().errMsg()));
        }
    }

    private static ParameterFault fault(String name, StandardFaultCode code, String why) {
        return new ParameterFault(Shown.of(name), new FaultStruct(code, why));
    }

    Answer add(AddObject asked) {
        String name = object(asked.objectName());
        List<String> segments = AcsNames.segments(name);
        Optional<String> alias = AcsNames.alias(segments.isEmpty() ? "" : segments.getLast());
        // the dot and what is before it
        String table = alias.map(last -> name.substring(0, name.length() - last.length() - 3))
                .orElse(name);
        return write(asked.parameterKey(), transaction -> {
            String holder = place(transaction, table, false);
            if (alias.flatMap(last -> AcsNames.row(transaction.snapshot(), holder, last))
                    .isPresent()) {
                throw new CallFault(
                        StandardFaultCode.INVALID_PARAMETER_NAME, Shown.of(asked.objectName()) + " is there already");
            }
            String row = alias.isPresent() ? named(transaction, holder, alias.get()) : transaction.add(holder);
            int end = row.length() - 1;
            long number = Long.parseLong(row.substring(row.lastIndexOf('.', end - 1) + 1, end));
            return new AddObjectResponse(number, Status.DONE);
        });
    }

    Answer delete(DeleteObject asked) {
        String name = object(asked.objectName());
        return write(asked.parameterKey(), transaction -> {
            String row = place(transaction, name, false);
            if (transaction.snapshot().object(row).isEmpty()) {
                throw ModelReader.unknown(asked.objectName());
            }
            transaction.delete(row);
            return new DeleteObjectResponse(Status.DONE);
        });
    }

    private static String object(String name) {
        if (!name.endsWith(".")) {
            throw new CallFault(
                    StandardFaultCode.INVALID_PARAMETER_NAME,
                    Shown.of(name) + " is no object: its name ends with a dot");
        }
        return name;
    }
}
