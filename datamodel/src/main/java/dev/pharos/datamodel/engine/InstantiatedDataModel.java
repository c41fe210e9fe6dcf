// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ChangeListener;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.PathFault;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.TransactionBody;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The objects and values that a device has, backed by its service elements. One writer at a time; readers
/// use [#snapshot()].
///
/// What is kept over a restart: written values of writable parameters, rows of writable tables, and the
/// Instance Numbers of all rows that have unique keys (R-ARC.8). Thread-safe.
public final class InstantiatedDataModel implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InstantiatedDataModel.class.getName());

    private final ModelLayout model;
    private final Mounts mounts;
    private final ChangeJournal journal;
    private final Remembered remembered;
    private final List<ChangeListener> changeListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<DataModelEvent>> eventListeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock writing = new ReentrantLock();

    // the following are changed under the lock only
    private volatile TreeSnapshot current;
    private Phase phase = Phase.IDLE;
    private boolean closed;
    private boolean delivering;
    private final Deque<ChangeSet> deliveries = new ArrayDeque<>();
    private final List<TreeTransaction> nested = new ArrayList<>();
    private Node applied;

    /// What the writer is doing.
    private enum Phase {
        IDLE,
        /// The transaction's body runs, or elements are asked whether they agree.
        DECIDING,
        /// Elements carry the changes out.
        APPLYING
    }

    private InstantiatedDataModel(
            ModelLayout model, List<ServiceElement> elements, ChangeJournal journal, Remembered remembered) {
        this.model = model;
        this.mounts = new Mounts(model, elements);
        this.journal = journal;
        this.remembered = remembered;
        this.applied = remembered.initial();
        this.current = new TreeSnapshot(model, elements, applied);
    }

    /// Merges the models of all elements, reads the journal, then starts each element.
    ///
    /// @throws IllegalArgumentException where two elements back the same parameter
    /// @throws IOException where the journal cannot be read; its text says what to do
    public static InstantiatedDataModel start(List<ServiceElement> elements, ChangeJournal journal) throws IOException {
        List<ServiceElement> mounted = List.copyOf(elements);
        ModelLayout model = ModelLayout.of(mounted);
        InstantiatedDataModel dataModel =
                new InstantiatedDataModel(model, mounted, journal, Remembered.of(model, journal.load()));
        for (int i = 0; i < mounted.size(); i++) {
            try {
                mounted.get(i).start(new Context(dataModel, i));
            } catch (RuntimeException failed) {
                dataModel.closeElements(i);
                throw failed;
            }
        }
        return dataModel;
    }

    /// What the elements are given.
    private record Context(InstantiatedDataModel dataModel, int element) implements DeviceContext {
        @Override
        public Snapshot snapshot() {
            return dataModel.snapshot();
        }

        @Override
        public <T> T update(TransactionBody<T> body) {
            return dataModel.write(Origin.DEVICE, body, element);
        }

        @Override
        public void raise(String objectPath, String eventName, Map<String, String> arguments) {
            dataModel.raise(new DataModelEvent(objectPath, eventName, arguments));
        }
    }

    public SupportedDataModel supported() {
        return model.supported;
    }

    public Snapshot snapshot() {
        return current;
    }

    /// Runs the body and commits what it changed: keys and references are checked, then every touched element
    /// is asked ([ServiceElement#validate]), then the journal is written, then elements carry it out
    /// ([ServiceElement#apply]), then readers and listeners see it. Whatever fails, nothing has changed.
    ///
    /// A service element that publishes from within its `apply` does so on top of the changes that it
    /// applies: both become visible together, or neither does; other elements are not asked about it. From
    /// within `validate` nothing can be published.
    ///
    /// @throws dev.pharos.usp.UspException whatever the body threw, or why the commit failed: 7025, 7014,
    ///     7015, 7003 and so on
    public <T> T write(Origin origin, TransactionBody<T> body) {
        return write(origin, Snapshot.Visibility.ALL, body);
    }

    /// As [#write(Origin, TransactionBody)], for somebody who does not see everything: a reference that it
    /// writes leads to nothing else than what it can see, as if there were nothing else.
    public <T> T write(Origin origin, Snapshot.Visibility writer, TransactionBody<T> body) {
        return write(
                origin,
                transaction -> {
                    if (transaction instanceof TreeTransaction tree) {
                        tree.writtenBy(writer);
                    }
                    return body.run(transaction);
                },
                Mounts.NOBODY);
    }

    private <T> T write(Origin origin, TransactionBody<T> body, int publisher) {
        writing.lock();
        try {
            if (closed) {
                throw new UspException(StandardErrorCode.INTERNAL_ERROR, "the data model is closed");
            }
            return switch (phase) {
                case IDLE -> commit(origin, body, publisher);
                case DECIDING -> throw new IllegalStateException("a transaction within a transaction");
                case APPLYING -> publishNested(body, publisher);
            };
        } finally {
            writing.unlock();
        }
    }

    private <T> T commit(Origin origin, TransactionBody<T> body, int publisher) {
        TreeTransaction transaction = new TreeTransaction(model, mounts, remembered, origin, publisher, current.top());
        T result;
        ChangeSet changes;
        nested.clear();
        phase = Phase.DECIDING;
        try {
            result = body.run(transaction);
            mustBeFaultless(transaction);
            changes = transaction.changeSet();
            List<Change> journalled = journalled(transaction);
            append(journalled);
            phase = Phase.APPLYING;
            applied = transaction.root();
            apply(transaction, changes, journalled);
        } finally {
            phase = Phase.IDLE;
            transaction.end();
        }
        publish(transaction, changes);
        List<TreeTransaction> followers = List.copyOf(nested);
        nested.clear();
        followers.forEach(follower -> publish(follower, follower.changeSet()));
        deliver();
        return result;
    }

    private static void mustBeFaultless(TreeTransaction transaction) {
        List<PathFault> faults = transaction.check();
        if (!faults.isEmpty()) {
            throw Mounts.asException(faults);
        }
    }

    private List<Change> journalled(TreeTransaction transaction) {
        return remembered.news(TreeDifference.journalled(transaction.base(), transaction.root()));
    }

    private void append(List<Change> changes) {
        if (!changes.isEmpty()) {
            try {
                journal.append(changes);
            } catch (IOException failed) {
                throw new UspException(
                        StandardErrorCode.INTERNAL_ERROR, "the change could not be stored: " + failed.getMessage());
            }
        }
    }

    private void apply(TreeTransaction transaction, ChangeSet changes, List<Change> journalled) {
        try {
            mounts.apply(changes, transaction.publisher());
        } catch (UspException failed) {
            nested.clear();
            if (!journalled.isEmpty()) {
                append(TreeDifference.journalled(transaction.root(), transaction.base()));
            }
            throw failed;
        }
        for (TreeTransaction follower : nested) {
            try {
                append(journalled(follower));
            } catch (UspException notStored) {
                // the device has done it already, so that hiding it would be the greater lie
                LOG.log(Level.ERROR, "what a device published was not stored and is lost with a restart", notStored);
            }
        }
    }

    /// What an element publishes while it applies changes.
    private <T> T publishNested(TransactionBody<T> body, int publisher) {
        if (nested.size() >= Limits.NESTED_UPDATES) {
            throw new IllegalStateException("more than " + Limits.NESTED_UPDATES + " updates within one apply");
        }
        TreeTransaction transaction = new TreeTransaction(model, mounts, remembered, Origin.DEVICE, publisher, applied);
        phase = Phase.DECIDING;
        try {
            T result = body.run(transaction);
            mustBeFaultless(transaction);
            nested.add(transaction);
            applied = transaction.root();
            return result;
        } finally {
            phase = Phase.APPLYING;
            transaction.end();
        }
    }

    private void publish(TreeTransaction transaction, ChangeSet changes) {
        current = transaction.snapshot();
        remembered.committed(changes.changes());
        if (!changes.changes().isEmpty()) {
            deliveries.add(changes);
        }
    }

    /// Tells listeners of all commits in order, also of those that a listener made.
    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            for (ChangeSet changes = deliveries.poll(); changes != null; changes = deliveries.poll()) {
                for (ChangeListener listener : changeListeners) {
                    tell(listener, changes);
                }
            }
        } finally {
            delivering = false;
        }
    }

    private static void tell(ChangeListener listener, ChangeSet changes) {
        try {
            listener.changed(changes);
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "a listener failed; the change stays committed", defect);
        }
    }

    public void onChange(ChangeListener listener) {
        changeListeners.add(listener);
    }

    /// Events that elements raise.
    public void onEvent(Consumer<DataModelEvent> listener) {
        eventListeners.add(listener);
    }

    /// Raises an event that somebody outside of the elements knows of.
    ///
    /// @throws IllegalArgumentException where the object is not there or has no such event
    public void raise(DataModelEvent event) {
        boolean defined = current.object(event.objectPath())
                .flatMap(object -> object.definition().event(event.name()))
                .isPresent();
        if (!defined) {
            throw new IllegalArgumentException("no such event: " + event.objectPath() + event.name());
        }
        for (Consumer<DataModelEvent> listener : eventListeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException defect) {
                LOG.log(Level.ERROR, "a listener of events failed", defect);
            }
        }
    }

    /// Runs a command to its end on the calling thread; interrupting that thread cancels the command.
    ///
    /// @param commandPath with instance numbers and `()`
    /// @return the output arguments
    /// @throws dev.pharos.usp.UspException 7026, 7016, 7027, 7022 or the element's own failure
    public Map<String, String> operate(String commandPath, Map<String, String> inputs) throws InterruptedException {
        return new CommandRun(current, commandPath).run(inputs);
    }

    /// Closes the elements in reverse order, then the journal. Snapshots stay readable but for live
    /// parameters.
    @Override
    public void close() {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            writing.unlock();
        }
        closeElements(mounts.elements().size() - 1);
        try {
            journal.close();
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the journal did not close: all committed changes are stored", failed);
        }
    }

    private void closeElements(int last) {
        for (int i = last; i >= 0; i--) {
            try {
                mounts.elements().get(i).close();
            } catch (RuntimeException defect) {
                LOG.log(Level.ERROR, "a service element failed to close", defect);
            }
        }
    }
}
