// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.PathName.LeafKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.Subscription.`: what controllers want to be told (R-NOT.0).
public final class SubscriptionElement implements ServiceElement {
    private static final Set<String> CHECKED =
            Set.of("NotifType", "ReferenceList", "TriggerAction", "TriggerConfigSettings");

    private final Clock clock;
    private final Elsewhere elsewhere;
    private volatile @Nullable DeviceContext context;

    /// @param elsewhere what subscriptions may refer to beside the agent's own data model
    public SubscriptionElement(Clock clock, Elsewhere elsewhere) {
        this.clock = clock;
        this.elsewhere = elsewhere;
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.SUBSCRIPTION;
    }

    @Override
    public void start(DeviceContext context) {
        this.context = context;
        removeTransient();
        // Of a controller that the configuration no longer has.
        remove(row -> context.snapshot()
                .object(row.value("Recipient").orElse("") + ".")
                .isEmpty());
    }

    /// Removes what does not outlive a restart of the agent: subscriptions that are not persistent, and those
    /// past their time.
    void removeTransient() {
        remove(row -> !row.value("Persistent").orElse("").equals("true") || expired(row));
    }

    /// Removes subscriptions past their TimeToLive.
    ///
    /// @return when the next one is, if any is limited
    Optional<Instant> removeExpired() {
        remove(this::expired);
        return Subscription.rows(mounted().snapshot()).stream()
                .flatMap(row -> Subscription.expires(row).stream())
                .min(Instant::compareTo);
    }

    private boolean expired(ObjectInstance row) {
        return Subscription.expires(row)
                .filter(end -> !end.isAfter(clock.instant()))
                .isPresent();
    }

    private void remove(Predicate<ObjectInstance> chosen) {
        if (Subscription.rows(mounted().snapshot()).stream().noneMatch(chosen)) {
            return;
        }
        mounted().update(transaction -> {
            Subscription.rows(transaction.snapshot()).stream()
                    .filter(chosen)
                    .forEach(row -> transaction.delete(row.path()));
            return transaction;
        });
    }

    /// The creator is the recipient, whatever the message says.
    @Override
    public void complete(Transaction device, ObjectInstance row) {
        if (Subscription.rows(device.snapshot()).size() > Limits.SUBSCRIPTIONS) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED, "there are " + Limits.SUBSCRIPTIONS + " subscriptions");
        }
        Requester creator = Requester.current()
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.REQUEST_DENIED, "a subscription belongs to the controller that adds it"));
        device.set(row.path() + "Recipient", withoutDot(creator.row()));
        device.set(
                row.path() + "CreationDate",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String withoutDot(String objectPath) {
        return objectPath.substring(0, objectPath.length() - 1);
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            switch (change) {
                case Change.RowAdded added -> checkRow(added.path(), proposed.after());
                case Change.ValueChanged changed -> {
                    if (CHECKED.contains(changed.path().substring(changed.path().lastIndexOf('.') + 1))) {
                        checkRow(changed.path().substring(0, changed.path().lastIndexOf('.') + 1), proposed.after());
                    }
                }
                case Change.RowDeleted _ -> {}
            }
        }
    }

    private void checkRow(String path, Snapshot after) {
        Optional<ObjectInstance> row = after.object(path);
        if (row.isEmpty() || !path.startsWith(LocalAgentModel.SUBSCRIPTIONS)) {
            return;
        }
        NotifType type =
                NotifType.of(row.get().value("NotifType").orElse("")).orElseThrow(() -> wrong("NotifType is unknown"));
        try {
            for (Reference reference :
                    Reference.list(row.get().value("ReferenceList").orElse(""))) {
                check(type, reference, after);
            }
        } catch (MalformedInputException malformed) {
            throw wrong(malformed.detail());
        }
        TriggerAction.of(row.get()).settings().forEach(setting -> checkWritable(setting.parameter(), after));
    }

    private static void checkWritable(PathName parameter, Snapshot after) {
        try {
            for (ObjectInstance object : after.resolve(parameter.object(), Snapshot.Visibility.ALL)) {
                if (object.definition()
                        .parameter(parameter.leaf())
                        .filter(definition -> definition.access() == ParameterAccess.READ_WRITE)
                        .isEmpty()) {
                    throw wrong("TriggerConfigSettings: cannot be written: " + object.path() + parameter.leaf());
                }
            }
        } catch (UspException unknown) {
            throw wrong(unknown.fault().errMsg());
        }
    }

    private void check(NotifType type, Reference reference, Snapshot after) {
        LeafKind kind = reference.path().leafKind();
        boolean fits = switch (type) {
            case VALUE_CHANGE -> kind == LeafKind.PARAMETER || kind == LeafKind.OBJECT;
            case OBJECT_CREATION, OBJECT_DELETION -> kind == LeafKind.OBJECT;
            case OPERATION_COMPLETE -> kind == LeafKind.COMMAND || kind == LeafKind.OBJECT;
            case EVENT -> kind == LeafKind.EVENT || kind == LeafKind.OBJECT;
        };
        if (!fits) {
            throw wrong("a subscription of this NotifType cannot refer to " + reference.path());
        }
        try {
            Snapshot there = elsewhere.snapshot(reference.path().toString()).orElse(after);
            List<ObjectInstance> _ = there.resolve(reference.path().object(), Snapshot.Visibility.ALL);
        } catch (UspException unknown) {
            throw wrong(unknown.fault().errMsg());
        }
    }

    private static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_VALUE, why);
    }

    private DeviceContext mounted() {
        return Objects.requireNonNull(context, "not started");
    }
}
