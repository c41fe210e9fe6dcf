// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ambiorix;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.PathFault;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.datamodel.instance.TransactionBody;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A service element that leaves some objects to others, who know them better: what it says of them, or says that leads
/// there, is not heard.
public final class Yielding implements ServiceElement {
    private static final String NOWHERE = ".0.";

    private final ServiceElement element;
    private final Set<String> objects;
    private final SupportedDataModel supported;

    /// @param objects with trailing dot, such as `Device.Time.`, or single parameters without
    public Yielding(ServiceElement element, Set<String> objects) {
        this.element = element;
        this.objects = Set.copyOf(objects);
        this.supported =
                element.supported().restrictedTo((object, name) -> !name.isEmpty() && !isOf(objects, object + name));
    }

    private static boolean isOf(Set<String> objects, String path) {
        return objects.stream().anyMatch(each -> each.endsWith(".") ? path.startsWith(each) : path.equals(each));
    }

    /// Whether it is another's, or beneath a row that there is none of: no Instance Number is 0.
    private boolean isLeft(String path) {
        return path.contains(NOWHERE) || isOf(objects, SupportedDataModel.supportedPath(path));
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public void start(DeviceContext context) {
        element.start(new Context(context));
    }

    private final class Context implements DeviceContext {
        private final DeviceContext whole;

        Context(DeviceContext whole) {
            this.whole = whole;
        }

        @Override
        public Snapshot snapshot() {
            return whole.snapshot();
        }

        @Override
        public <T> T update(TransactionBody<T> body) {
            return whole.update(transaction -> body.run(new Rest(transaction)));
        }

        @Override
        public void raise(String objectPath, String eventName, Map<String, String> arguments) {
            if (!isLeft(objectPath)) {
                whole.raise(objectPath, eventName, arguments);
            }
        }
    }

    /// A transaction in which nothing is written of what is left to others.
    private final class Rest implements Transaction {
        private final Transaction whole;

        Rest(Transaction whole) {
            this.whole = whole;
        }

        @Override
        public Snapshot snapshot() {
            return whole.snapshot();
        }

        @Override
        public void set(String parameterPath, String value) {
            if (!isLeft(parameterPath)) {
                whole.set(parameterPath, isLeft(value + ".") ? "" : value);
            }
        }

        @Override
        public String add(String tablePath) {
            return isLeft(tablePath) ? nowhere(tablePath) : whole.add(tablePath);
        }

        @Override
        public String add(String tablePath, long instanceNumber) {
            return isLeft(tablePath) ? nowhere(tablePath) : whole.add(tablePath, instanceNumber);
        }

        @Override
        public String add(String tablePath, Map<String, String> keys) {
            boolean leads = keys.values().stream().anyMatch(value -> isLeft(value + "."));
            return leads || isLeft(tablePath) ? nowhere(tablePath) : whole.add(tablePath, keys);
        }

        private static String nowhere(String tablePath) {
            return tablePath + "0.";
        }

        @Override
        public void delete(String rowPath) {
            if (!isLeft(rowPath)) {
                whole.delete(rowPath);
            }
        }

        @Override
        public List<PathFault> check() {
            return whole.check();
        }

        @Override
        public Savepoint savepoint() {
            return whole.savepoint();
        }

        @Override
        public void rollbackTo(Savepoint savepoint) {
            whole.rollbackTo(savepoint);
        }
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return element.isLive(supportedParameterPath);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return element.read(object, parameter);
    }

    @Override
    public void complete(Transaction device, ObjectInstance row) {
        element.complete(new Rest(device), row);
    }

    @Override
    public void validate(ChangeSet proposed) {
        element.validate(proposed);
    }

    @Override
    public void apply(ChangeSet changes) {
        element.apply(changes);
    }

    @Override
    public void undo(ChangeSet changes) {
        element.undo(changes);
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        return element.operate(call);
    }

    @Override
    public void close() {
        element.close();
    }
}
