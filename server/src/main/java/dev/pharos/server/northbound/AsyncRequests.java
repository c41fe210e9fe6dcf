// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.server.store.CommandEnds;
import dev.pharos.server.store.CommandEnds.End;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Commands that go on after they were answered. Each has a key that the device gives back with its end, which is its
/// `asyncRequestID` too: the moment of the request, something random, and a seal by which it is known again as one of
/// this device that was given out here, by every server on the database and after a restart. How it ended is in the
/// history. Thread-safe.
public final class AsyncRequests {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int RANDOM_BYTES = 8;
    private static final int SEAL_BYTES = 12;

    /// 32 characters, which is what TR-069 has room for.
    private static final int BYTES = Integer.BYTES + RANDOM_BYTES + SEAL_BYTES;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32}");

    /// The clock of another server on the database may be behind.
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final Bytes key;
    private final CommandEnds ends;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AsyncRequests(ServerKeyStore keys, CommandEnds ends, Clock clock) {
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        this.key = keys.key("northbound-commands", Bytes.adopt(fresh));
        this.ends = ends;
        this.clock = clock;
    }

    /// How it stands with a command.
    sealed interface State {
        /// Nobody was given this id for this device, or so long ago that nothing is kept of it.
        record Unknown() implements State {}

        record Running() implements State {}

        record Ended(End end) implements State {}
    }

    /// A key for a command that this device is asked for now.
    String next(EndpointId device) {
        ByteBuffer id = ByteBuffer.allocate(BYTES);
        byte[] chance = new byte[RANDOM_BYTES];
        random.nextBytes(chance);
        id.putInt((int) clock.instant().getEpochSecond()).put(chance);
        id.put(seal(device, id.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.array());
    }

    State state(EndpointId device, String id) {
        Optional<Instant> asked = asked(device, id);
        if (asked.isEmpty() || asked.get().plus(Limits.RESULTS_KEPT).isBefore(clock.instant())) {
            return new State.Unknown();
        }
        return ends.find(device, id, asked.get().minus(CLOCKS))
                .<State>map(State.Ended::new)
                .orElseGet(State.Running::new);
    }

    /// When; empty where it is none of ours.
    private Optional<Instant> asked(EndpointId device, String id) {
        if (!FORM.matcher(id).matches()) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getUrlDecoder().decode(id);
        byte[] shown = Arrays.copyOfRange(bytes, BYTES - SEAL_BYTES, BYTES);
        return MessageDigest.isEqual(shown, seal(device, bytes))
                ? Optional.of(Instant.ofEpochSecond(
                        Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt())))
                : Optional.empty();
    }

    private byte[] seal(EndpointId device, byte[] id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.toByteArray(), ALGORITHM));
            mac.update(id, 0, BYTES - SEAL_BYTES);
            return Arrays.copyOf(mac.doFinal(device.toString().getBytes(StandardCharsets.UTF_8)), SEAL_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
