// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.PredefinedRole;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.config.Introductions;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.trust.FactoryChallenge;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.ControllerTrust.`: the Roles, which of them are special, and the challenges that give
/// one. An agent without any Role
/// gets those that are shipped; from then on they are the device's, and management may change them.
public final class TrustElement implements ServiceElement {
    private final AccessControl access;
    private final Challenges challenges;
    private final Optional<FactoryChallenge> factory;
    private final Optional<Introductions> introductions;
    private @Nullable DeviceContext context;

    /// @param clock measures how long a challenge waits
    /// @param factory what the device's label says, where it has one
    /// @param introductions what the configuration says of trust on first use, where it is something new
    public TrustElement(
            AccessControl access,
            Clock clock,
            Optional<FactoryChallenge> factory,
            Optional<Introductions> introductions) {
        this.access = access;
        this.factory = factory;
        this.introductions = introductions;
        this.challenges = new Challenges(clock);
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.TRUST;
    }

    @Override
    public void start(DeviceContext context) {
        this.context = context;
        if (roles(context.snapshot()).isEmpty()) {
            context.update(transaction -> {
                PredefinedRole.shipped().forEach(role -> add(transaction, role));
                factory.ifPresent(challenge -> add(transaction, challenge));
                return transaction;
            });
        }
        introductions.ifPresent(said -> context.update(transaction -> {
            transaction.set(AccessControl.TRUST + "TOFUAllowed", Boolean.toString(said.allowsFirstUse()));
            transaction.set(
                    AccessControl.TRUST + "TOFUInactivityTimer",
                    Long.toString(said.inactivity().toSeconds()));
            return said;
        }));
    }

    /// The challenge of the label gives all rights: who has the device in hand may do with it what he wants.
    private static void add(Transaction transaction, FactoryChallenge challenge) {
        String row = transaction.add(AccessControl.TRUST + "Challenge.");
        transaction.set(row + "Alias", "factory");
        transaction.set(row + "Description", "All rights, by the passphrase on the device's label");
        transaction.set(
                row + "Role",
                named(
                        transaction.snapshot(),
                        List.of(PredefinedRole.shipped().getFirst().name())));
        transaction.set(row + "Enable", "true");
        transaction.set(row + "Value", base64(challenge.passphrase()));
        transaction.set(row + "Instruction", base64("Enter the passphrase that is printed on the device's label."));
        transaction.set(row + "Retries", Integer.toString(Limits.FACTORY_CHALLENGE_RETRIES));
        transaction.set(row + "LockoutPeriod", Long.toString(Limits.FACTORY_CHALLENGE_LOCKOUT.toSeconds()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(Transaction transaction, PredefinedRole role) {
        String row = transaction.add(AccessControl.ROLES);
        transaction.set(row + "Enable", "true");
        transaction.set(row + "Name", role.name());
        int order = 0;
        for (PredefinedRole.Entry entry : role.entries()) {
            String permission = transaction.add(row + "Permission.");
            transaction.set(permission + "Enable", "true");
            transaction.set(permission + "Order", Integer.toString(++order));
            transaction.set(permission + "Targets", entry.targets());
            transaction.set(permission + "Param", entry.param());
            transaction.set(permission + "Obj", entry.obj());
            transaction.set(permission + "InstantiatedObj", entry.instantiatedObj());
            transaction.set(permission + "CommandEvent", entry.commandEvent());
        }
        for (String use : role.uses()) {
            String parameter = switch (use) {
                case "untrusted" -> "UntrustedRole";
                case "banned" -> "BannedRole";
                case "secured" -> "SecuredRoles";
                default -> throw new IllegalStateException("no such use of a role: " + use);
            };
            transaction.set(AccessControl.TRUST + parameter, row.substring(0, row.length() - 1));
        }
    }

    /// The Roles' rows.
    static List<ObjectInstance> roles(Snapshot snapshot) {
        return snapshot.object(AccessControl.TRUST)
                .map(trust -> trust.rows("Role"))
                .orElse(List.of());
    }

    /// The rows of Roles with these names, as a list of references.
    static String named(Snapshot snapshot, List<String> names) {
        List<String> paths = new ArrayList<>();
        for (ObjectInstance role : roles(snapshot)) {
            if (names.contains(role.value("Name").orElse(""))) {
                paths.add(role.path().substring(0, role.path().length() - 1));
            }
        }
        return String.join(",", paths);
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            if (!(change instanceof Change.RowDeleted)) {
                String object = change.path().substring(0, change.path().lastIndexOf('.') + 1);
                proposed.after().object(object).ifPresent(TrustElement::check);
            }
        }
        bounded(proposed.after());
        keepAdministrator(access, proposed);
    }

    @Override
    public void apply(ChangeSet changes) {
        for (Change change : changes.changes()) {
            if (change instanceof Change.RowDeleted(String row)) {
                challenges.forget(row);
            }
        }
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        DeviceContext mounted = Objects.requireNonNull(context, "not started");
        return switch (call.command().name()) {
            case "RequestChallenge()" -> challenges.request(call, mounted.snapshot());
            case "ChallengeResponse()" -> {
                ObjectInstance met = challenges.respond(call, mounted.snapshot());
                String controller = Requester.current().orElseThrow().row();
                mounted.update(transaction -> {
                    Challenges.assign(transaction, controller, met);
                    return controller;
                });
                yield Map.of();
            }
            default ->
                throw new UspException(
                        StandardErrorCode.COMMAND_FAILURE, call.command().name());
        };
    }

    private static void check(ObjectInstance object) {
        if (object.path().contains(".Permission.")) {
            AccessControl.check(object);
        }
    }

    private static void bounded(Snapshot after) {
        List<ObjectInstance> roles = roles(after);
        if (roles.size() > Limits.ROLES
                || roles.stream().anyMatch(role -> role.rows("Permission").size() > Limits.PERMISSIONS_PER_ROLE)) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED,
                    "at most " + Limits.ROLES + " Roles of at most " + Limits.PERMISSIONS_PER_ROLE + " Permissions");
        }
    }

    /// Refuses what would take from the last controller that has it the right to give rights: nobody could
    /// undo that over USP. An ACS could.
    static void keepAdministrator(AccessControl access, ChangeSet proposed) {
        if (!ControllerElement.isManagedOtherwise(proposed.after())
                && !access.anyAdministrator(proposed.after())
                && access.anyAdministrator(proposed.before())) {
            throw new UspException(
                    StandardErrorCode.INVALID_CONFIGURATION,
                    "one enabled controller at least has to keep the right to change Roles and to assign them");
        }
    }
}
