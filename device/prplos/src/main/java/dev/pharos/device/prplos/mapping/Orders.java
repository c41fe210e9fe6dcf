// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What management wants of daemons that is no configuration: commands, and parameters that are written by a call.
///
/// @param rows which rows are which sections
record Orders(Mapping mapping, Daemons daemons, MappedRows rows) {

    /// Carries out a command.
    ///
    /// @throws UspException 7022 where a daemon refuses it, or what it is for is gone
    ///
    /// @param answers what daemons said last, such as what they call sections
    Map<String, String> operate(CommandCall command, Answers answers) throws InterruptedException {
        for (Survey survey : mapping.calls().surveys()) {
            if (survey.object().equals(command.object().path())
                    && survey.command().equals(command.command().name())) {
                return found(survey, answers);
            }
        }
        operate(command);
        return Map.of();
    }

    private Map<String, String> found(Survey survey, Answers answers) throws InterruptedException {
        Map<Survey.Row, List<UbusTable>> answered = new LinkedHashMap<>();
        for (Map.Entry<String, UciSection> row : rows.rowsOf(survey.table()).entrySet()) {
            Optional<String> name = answers.name(survey.table(), row.getValue().id());
            if (name.isPresent()) {
                answered.put(new Survey.Row(row.getKey(), name.get(), row.getValue()), survey.ask(daemons, name.get()));
            }
        }
        return survey.outputs(answered);
    }

    private void operate(CommandCall command) {
        for (Mapping.Table table : mapping.tables()) {
            for (Mapping.Command known : table.content().commands()) {
                if (table.supportedRow().equals(command.object().definition().path())
                        && known.name().equals(command.command().name())) {
                    make(known.calls(), section(table, command.object().path()));
                    return;
                }
            }
        }
        throw new UspException(
                StandardErrorCode.COMMAND_FAILURE,
                "not backed: " + command.command().name());
    }

    private String section(Mapping.Table table, String row) {
        return table.isSingle()
                ? ""
                : rows.sectionOf(row)
                        .orElseThrow(() -> new UspException(
                                StandardErrorCode.COMMAND_FAILURE, row + " is gone from the configuration"));
    }

    private void make(List<Call> calls, String section) {
        try {
            for (Call call : calls) {
                Call meant = call.with(section);
                daemons.call(meant.object(), meant.method(), meant.told(text -> text));
            }
        } catch (UspException refused) {
            throw new UspException(
                    StandardErrorCode.COMMAND_FAILURE, refused.fault().errMsg());
        }
    }

    /// Whether there is nothing but rows of others that come and go, of which only a parameter is written here.
    boolean areOfOthers(ChangeSet changes) {
        return changes.changes().stream()
                .allMatch(change -> !(change instanceof Change.ValueChanged)
                        && mapping.calls().writes().stream()
                                .anyMatch(write -> SupportedDataModel.supportedPath(change.path())
                                        .equals(write.row())));
    }

    /// @throws UspException where something could not be handed on
    void mustBeWritable(ChangeSet changes) {
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed
                    && mapping.calls().writes().stream().anyMatch(write -> write.is(changed.path()))
                    && (changed.after().isEmpty() || changed.after().chars().anyMatch(Character::isISOControl))) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        changed.path() + " must have characters, and none that controls");
            }
        }
    }

    /// Writes what is written by calls. It is not kept: whoever reads it finds nothing.
    ///
    /// @throws UspException where a daemon refuses it; what was written before it stays
    void write(ChangeSet changes, DeviceContext context) {
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed) {
                mapping.calls().writes().stream()
                        .filter(write -> write.is(changed.path()))
                        .forEach(write -> write(write, changes, changed, context));
            }
        }
    }

    private void write(Calls.Write write, ChangeSet changes, Change.ValueChanged changed, DeviceContext context) {
        String row = changed.path()
                .substring(0, changed.path().length() - write.parameter().length());
        Call call = write.call();
        daemons.call(
                call.object(),
                call.method(),
                call.told(text -> text.equals(Call.ITSELF)
                        ? changed.after()
                        : changes.after().value(row + text).orElse("")));
        context.update(transaction -> {
            transaction.set(changed.path(), "");
            return transaction;
        });
    }
}
