// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Challenges under way: a controller asks for one, a person tells it the answer, and the right answer gives
/// it a Role. Wrong ones are counted for each challenge over all controllers; when there were as many as
/// `Retries` allows, nobody gets on with that challenge until its `LockoutPeriod` is over (R-SEC.16,
/// R-SEC.17). What is under way is forgotten with a restart.
final class Challenges {
    private static final int ID_BYTES = 16;
    private static final String DEFAULT_EXPIRATION = "900";

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<EndpointId, Asked> asked = new HashMap<>(1);
    private final Map<String, Failures> failures = new HashMap<>(1);

    Challenges(Clock clock) {
        this.clock = clock;
    }

    /// A challenge that a controller asked for; each has one at most.
    private record Asked(String row, String id, Optional<Instant> end) {}

    /// @param lockedUntil empty as long as further attempts are allowed
    private record Failures(long count, Optional<Instant> lockedUntil) {}

    /// `RequestChallenge()`.
    synchronized Map<String, String> request(CommandCall call, Snapshot snapshot) {
        Requester requester = requester();
        ObjectInstance challenge = challenge(call.input("ChallengeRef", ""), requester, snapshot)
                .orElseThrow(
                        () -> new UspException(StandardErrorCode.INVALID_VALUE, "ChallengeRef: no such challenge"));
        refuseLocked(challenge.path());
        Instant now = clock.instant();
        Asked before = asked.get(requester.endpointId());
        if (before != null && !isOver(before, now) && !before.row().equals(challenge.path())) {
            throw new UspException(StandardErrorCode.REQUEST_DENIED, "another challenge waits for its response");
        }
        long seconds = Long.parseLong(call.input("RequestExpiration", DEFAULT_EXPIRATION));
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        asked.put(
                requester.endpointId(),
                new Asked(
                        challenge.path(), id, seconds == 0 ? Optional.empty() : Optional.of(now.plusSeconds(seconds))));
        return Map.of(
                "Instruction", challenge.value("Instruction").orElse(""),
                "InstructionType", challenge.value("InstructionType").orElse(""),
                "ValueType", challenge.value("ValueType").orElse(""),
                "ChallengeID", id);
    }

    /// `ChallengeResponse()`.
    ///
    /// @return the challenge's row, where the answer is right
    synchronized ObjectInstance respond(CommandCall call, Snapshot snapshot) {
        EndpointId controller = requester().endpointId();
        Asked waiting = asked.get(controller);
        if (waiting == null
                || isOver(waiting, clock.instant())
                || !waiting.id().equals(call.input("ChallengeID", ""))) {
            throw new UspException(StandardErrorCode.INVALID_ARGUMENTS, "ChallengeID: no such challenge waits");
        }
        ObjectInstance challenge = snapshot.object(waiting.row())
                .filter(Challenges::isEnabled)
                .orElseThrow(() ->
                        new UspException(StandardErrorCode.INVALID_ARGUMENTS, "ChallengeID: no such challenge waits"));
        refuseLocked(waiting.row());
        byte[] wanted = Base64.getDecoder().decode(challenge.value("Value").orElse(""));
        byte[] given = Base64.getDecoder().decode(call.input("Value", ""));
        if (wanted.length == 0 || !MessageDigest.isEqual(wanted, given)) {
            failed(challenge);
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "not what was asked for");
        }
        asked.remove(controller);
        failures.remove(waiting.row());
        return challenge;
    }

    private void failed(ObjectInstance challenge) {
        Failures before = failures.getOrDefault(challenge.path(), new Failures(0, Optional.empty()));
        long count = before.count() + 1;
        Duration lockout = Duration.ofSeconds(number(challenge, "LockoutPeriod"));
        boolean locked = count >= Math.max(1, number(challenge, "Retries")) && !lockout.isZero();
        failures.put(
                challenge.path(),
                new Failures(count, locked ? Optional.of(clock.instant().plus(lockout)) : Optional.empty()));
    }

    /// @throws UspException 7002 during the lock-out
    private void refuseLocked(String row) {
        Failures failed = failures.get(row);
        if (failed == null || failed.lockedUntil().isEmpty()) {
            return;
        }
        if (failed.lockedUntil().get().isAfter(clock.instant())) {
            throw new UspException(StandardErrorCode.REQUEST_DENIED, "too many wrong responses; wait");
        }
        failures.remove(row);
    }

    /// Forgets what belongs to rows that are gone, so that nothing piles up.
    synchronized void forget(String row) {
        failures.remove(row);
        asked.values().removeIf(waiting -> waiting.row().equals(row));
    }

    /// The Role of the challenge takes the place of the untrusted one, or is added to what the controller has.
    static void assign(Transaction transaction, String controller, ObjectInstance challenge) {
        Snapshot snapshot = transaction.snapshot();
        Optional<ObjectInstance> row = snapshot.object(controller);
        Optional<ObjectInstance> trust = snapshot.object(AccessControl.TRUST);
        if (row.isEmpty() || trust.isEmpty()) {
            return;
        }
        List<String> roles = new ArrayList<>(AccessControl.items(row.get(), "AssignedRole"));
        roles.removeAll(AccessControl.items(trust.get(), "UntrustedRole"));
        for (String given : AccessControl.items(challenge, "Role")) {
            if (!roles.contains(given)) {
                roles.add(given);
            }
        }
        transaction.set(controller + "AssignedRole", String.join(",", roles));
    }

    private static Requester requester() {
        return Requester.current()
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.COMMAND_FAILURE, "a challenge belongs to the controller that asks for it"));
    }

    /// The enabled challenge that this controller may know of.
    private static Optional<ObjectInstance> challenge(String reference, Requester requester, Snapshot snapshot) {
        String row = reference.endsWith(".") ? reference : reference + ".";
        return snapshot.object(row)
                .filter(found -> row.startsWith(AccessControl.TRUST + "Challenge."))
                .filter(found -> requester.permissions().allows(Right.READ_PARAMETER, row + "Alias"))
                .filter(Challenges::isEnabled);
    }

    private static boolean isEnabled(ObjectInstance challenge) {
        return challenge.value("Enable").orElse("").equals("true");
    }

    private static long number(ObjectInstance challenge, String parameter) {
        return Long.parseLong(challenge.value(parameter).orElse("0"));
    }

    private static boolean isOver(Asked asked, Instant now) {
        return asked.end().filter(end -> !end.isAfter(now)).isPresent();
    }
}
