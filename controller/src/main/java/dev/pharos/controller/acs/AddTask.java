// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Naming;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a row: first the row, then it is read, to know of which types its values are, then they are written; where the
/// device refuses them the row is removed again.
final class AddTask implements Task {
    private final Errand.AddRow errand;
    private final String table;
    private final String parameterKey;
    private final Progress progress;
    private final Approach approach;
    private @Nullable ValueFetch types;
    private Stage stage = Stage.ROW;
    private String row = "";
    private @Nullable CwmpFault refusal;

    private enum Stage {
        ROW,
        TYPES,
        VALUES,
        UNDO,
        OVER
    }

    AddTask(Errand.AddRow errand, Approach approach, String parameterKey, Progress progress) {
        this.errand = errand;
        this.approach = approach;
        this.table = approach.ownName(errand.table());
        this.parameterKey = parameterKey;
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        return switch (stage) {
            case ROW -> {
                if (!progress.begun()) {
                    stage = Stage.OVER;
                    yield Optional.empty();
                }
                yield Optional.of(new AddObject(table, parameterKey));
            }
            case TYPES -> {
                Optional<AcsRequest<?>> next = types().next();
                if (next.isPresent()) {
                    yield next;
                }
                progress.learnt(types().found(), TwinValue.Source.GET);
                if (errand.values().isEmpty()) {
                    added();
                    yield Optional.empty();
                }
                stage = Stage.VALUES;
                yield Optional.of(new SetParameterValues(typed(), parameterKey));
            }
            case VALUES -> Optional.of(new SetParameterValues(typed(), parameterKey));
            case UNDO -> Optional.of(new DeleteObject(row, parameterKey));
            case OVER -> Optional.empty();
        };
    }

    /// By the name of the table for which it was asked.
    private String shownRow() {
        return errand.table() + row.substring(table.length());
    }

    private ValueFetch types() {
        ValueFetch begun = types;
        if (begun == null) {
            begun = new ValueFetch(approach.manner(), List.of(row));
            types = begun;
        }
        return begun;
    }

    private List<ParameterValue> typed() {
        Map<String, PrimitiveType> told = new HashMap<>();
        types().found().forEach(each -> told.put(each.name(), each.type()));
        List<ParameterValue> typed = new ArrayList<>();
        errand.values().forEach((name, value) -> {
            String path = shownRow() + name;
            String own = approach.naming().own(path).map(Naming.Own::path).orElse(row + name);
            typed.add(new ParameterValue(
                    own,
                    told.getOrDefault(own, PrimitiveType.STRING),
                    approach.naming().own(path).map(it -> it.value(value)).orElse(value)));
        });
        return typed;
    }

    @Override
    public void answered(Answer answer) {
        switch (stage) {
            case ROW -> made(answer);
            case TYPES -> types().answered(answer);
            case VALUES -> written(answer);
            case UNDO, OVER -> {
                stage = Stage.OVER;
                if (answer instanceof DeleteObjectResponse) {
                    progress.gone(CwmpNames.inModel(row));
                    progress.gone(shownRow());
                }
                CwmpFault why = refusal;
                if (why != null) {
                    progress.ended(new ErrandEnd.Refused(why));
                }
            }
        }
    }

    private void made(Answer answer) {
        switch (answer) {
            case AddObjectResponse response -> {
                row = table + response.instanceNumber() + ".";
                stage = Stage.TYPES;
            }
            case CwmpFault fault -> {
                stage = Stage.OVER;
                progress.ended(new ErrandEnd.Refused(fault));
            }
            default -> {
                stage = Stage.OVER;
                progress.interrupted();
            }
        }
    }

    private void written(Answer answer) {
        switch (answer) {
            case SetParameterValuesResponse _ -> {
                progress.learnt(typed(), TwinValue.Source.SET);
                added();
            }
            case CwmpFault fault -> {
                refusal = fault;
                stage = Stage.UNDO;
            }
            default -> {
                stage = Stage.OVER;
                progress.interrupted();
            }
        }
    }

    private void added() {
        stage = Stage.OVER;
        progress.ended(new ErrandEnd.Added(shownRow()));
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
