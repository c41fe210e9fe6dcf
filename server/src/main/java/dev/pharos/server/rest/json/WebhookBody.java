// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.WebhookStore.Subscription;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A webhook as it is to be.
///
/// @param url `https://HOST[:PORT]/PATH`; `http` for this host only, unless `insecure`
/// @param kinds of events, as events show them; all where it is left out
/// @param query for devices whose events count; those of all devices, and of none, where it is left out
/// @param path what the event's path and name, one after the other, begin with
/// @param insecure whether plain HTTP to other hosts is meant
public record WebhookBody(
        @Nullable String name,
        @Nullable String url,
        @Nullable List<@Nullable String> kinds,
        @Nullable String query,
        @Nullable String path,
        @Nullable Boolean insecure) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
    private static final int TEXT = 2_000;

    /// Whether the URL may be one, and the query is one, is for others to say.
    public Subscription checked() {
        String called = Fields.text("name", name);
        if (!NAME.matcher(called).matches()) {
            throw new BadRequestException(
                    "name", "must have 1 to 60 letters, digits, dots, dashes and underscores, a letter or digit first");
        }
        return new Subscription(
                called,
                Fields.text("url", url),
                Fields.kinds("kinds", kinds),
                Fields.atMost("query", query, TEXT),
                Fields.atMost("path", path, TEXT),
                isInsecure());
    }

    private boolean isInsecure() {
        return Fields.flag(insecure, false);
    }
}
