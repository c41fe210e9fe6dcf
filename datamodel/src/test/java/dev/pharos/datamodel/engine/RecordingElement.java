// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A service element that writes down what it is asked and does what the test says.
final class RecordingElement implements ServiceElement {
    private final SupportedDataModel model;
    final List<ChangeSet> validated = new ArrayList<>();
    final List<ChangeSet> applied = new ArrayList<>();
    final List<ChangeSet> undone = new ArrayList<>();
    final List<CommandCall> calls = new ArrayList<>();
    Set<String> live = Set.of();
    Consumer<DeviceContext> onStart = context -> {};
    BiConsumer<Transaction, ObjectInstance> onComplete = (device, row) -> {};
    Consumer<ChangeSet> onValidate = changes -> {};
    Consumer<ChangeSet> onApply = changes -> {};
    Function<CommandCall, Map<String, String>> onOperate = call -> Map.of();
    Function<String, String> onRead = parameter -> "";
    boolean closed;
    private @Nullable DeviceContext context;

    RecordingElement(SupportedDataModel model) {
        this.model = model;
    }

    DeviceContext context() {
        if (context == null) {
            throw new IllegalStateException("not started");
        }
        return context;
    }

    @Override
    public SupportedDataModel supported() {
        return model;
    }

    @Override
    public void start(DeviceContext started) {
        context = started;
        onStart.accept(started);
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return live.contains(supportedParameterPath);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return onRead.apply(object.path() + parameter);
    }

    @Override
    public void complete(Transaction device, ObjectInstance row) {
        onComplete.accept(device, row);
    }

    @Override
    public void validate(ChangeSet proposed) {
        validated.add(proposed);
        onValidate.accept(proposed);
    }

    @Override
    public void apply(ChangeSet changes) {
        applied.add(changes);
        onApply.accept(changes);
    }

    @Override
    public void undo(ChangeSet changes) {
        undone.add(changes);
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        calls.add(call);
        return onOperate.apply(call);
    }

    @Override
    public void close() {
        closed = true;
    }
}
