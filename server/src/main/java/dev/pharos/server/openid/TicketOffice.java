// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.pharos.server.auth.Secret;
import dev.pharos.usp.Bytes;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Gives out tickets and takes each once, from the browser that it was given to, within [Limits#UNDER_WAY].
/// Thread-safe.
final class TicketOffice {
    private static final int SEED_BYTES = 16;
    private static final int PARTS = 4;

    private final Bytes key = Secret.key();
    private final Clock clock;
    private final LinkedHashMap<String, Instant> ended = new LinkedHashMap<>();

    TicketOffice(Clock clock) {
        this.clock = clock;
    }

    /// @param back where the page was; `/` where that is no address of the page
    Ticket give(String back) {
        String body = Secret.random(SEED_BYTES) + "." + clock.instant().getEpochSecond() + "." + encoded(safe(back));
        return ticket(body);
    }

    /// `/devices?q=x`, and nothing that leads elsewhere.
    static String safe(String back) {
        boolean ours = back.startsWith("/") && !back.startsWith("//") && !back.startsWith(OpenIdSignIn.PATH);
        if (!ours || back.length() > Limits.BACK_CHARACTERS) {
            return "/";
        }
        try {
            URI address = new URI(back);
            // what a browser would read as another host is none of these, or no URI
            return address.getScheme() == null && address.getRawAuthority() == null ? back : "/";
        } catch (URISyntaxException none) {
            return "/";
        }
    }

    private Ticket ticket(String body) {
        String[] parts = body.split("\\.");
        return new Ticket(
                parts[0],
                Instant.ofEpochSecond(Long.parseLong(parts[1])),
                new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8),
                seal(body),
                new State(derived("state", body)),
                new Nonce(derived("nonce", body)),
                new CodeVerifier(derived("verifier", body)));
    }

    private String derived(String what, String body) {
        return encoded(Secret.mac(key, what + " " + body).toByteArray());
    }

    /// A text that nobody else can have written, until this server ends.
    String seal(String body) {
        return body + "." + derived("seal", body);
    }

    /// Empty where we did not write it.
    Optional<String> unseal(String sealed) {
        int end = sealed.lastIndexOf('.');
        return end > 0 && Secret.same(seal(sealed.substring(0, end)), sealed)
                ? Optional.of(sealed.substring(0, end))
                : Optional.empty();
    }

    /// The ticket of this cookie; empty where we never gave it, or it is over. It stays valid until it is [#end]ed.
    Optional<Ticket> find(String cookie) {
        Optional<Ticket> ticket = unseal(cookie)
                .filter(body -> body.split("\\.").length == PARTS - 1)
                .map(this::ticket);
        Instant now = clock.instant();
        return ticket.filter(known ->
                !known.begun().isAfter(now) && now.isBefore(known.begun().plus(Limits.UNDER_WAY)));
    }

    /// @return whether it was the first time
    synchronized boolean end(Ticket ticket) {
        Instant over = clock.instant().minus(Limits.UNDER_WAY);
        while (!ended.isEmpty()) {
            Map.Entry<String, Instant> oldest = ended.firstEntry();
            if (ended.size() < Limits.ENDED && oldest.getValue().isAfter(over)) {
                break;
            }
            ended.remove(oldest.getKey());
        }
        return ended.putIfAbsent(ticket.seed(), clock.instant()) == null;
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
