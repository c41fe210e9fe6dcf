// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.link;

import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes links good for one thing and for some time, by a signature of the server that they carry. It is called
/// `token`, which is masked wherever texts of devices are shown. Thread-safe.
public final class LinkSeal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final Bytes key;
    private final Clock clock;
    private volatile String base = "";

    private LinkSeal(Bytes key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /// With the key that all servers on one database share.
    ///
    /// @param name of the key
    public static LinkSeal of(ServerKeyStore keys, String name, Clock clock) {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        return new LinkSeal(keys.key(name, Bytes.adopt(fresh)), clock);
    }

    /// A link, good until a moment.
    public record Link(String url, Instant expires) {}

    /// From now on devices reach this server here.
    ///
    /// @param url without a path
    public void servedAt(String url) {
        base = url.replaceFirst("/+$", "");
    }

    /// @param path behind the server's address
    /// @param what it is good for
    /// @return empty before [#servedAt]
    public Optional<Link> link(String path, String what, Duration life) {
        String at = base;
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Instant expires = Instant.ofEpochSecond(clock.instant().plus(life).getEpochSecond());
        String until = Long.toString(expires.getEpochSecond());
        return Optional.of(new Link(at + path + "?expires=" + until + "&token=" + signature(what, until), expires));
    }

    /// Whether a link is good for this, and still.
    public boolean isGood(String what, String expires, String token) {
        return SECONDS.matcher(expires).matches()
                && isSame(token, signature(what, expires))
                && clock.instant().getEpochSecond() < Long.parseLong(expires);
    }

    /// In a time that does not tell how far they are equal.
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String what, String expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.toByteArray(), ALGORITHM));
            byte[] signed = mac.doFinal((what + " " + expires).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
