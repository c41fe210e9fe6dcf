// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import java.util.Optional;

/// A USP Endpoint ID, `authority-scheme ":" [authority-id] ":" instance-id`, in its bare form as Records and
/// transports carry it.
///
/// @param scheme the authority scheme as it stands in the ID; see [#authorityScheme()] for whether TR-369
///     lists it
/// @param authorityId may be empty
/// @param instanceId at most 50 characters of letters, digits, `-`, `.`, `_` or `%HH` (R-ARC.5, R-ARC.6)
public record EndpointId(String scheme, String authorityId, String instanceId) implements Comparable<EndpointId> {

    /// Reads an Endpoint ID.
    ///
    /// @throws MalformedInputException (7104) saying what is wrong and what is allowed
    public static EndpointId parse(String text) throws MalformedInputException {
        return EndpointIdSyntax.parse(text);
    }

    /// Reads an Endpoint ID that is known to be well formed, such as a constant.
    ///
    /// @throws IllegalArgumentException where it is not
    public static EndpointId of(String text) {
        try {
            return parse(text);
        } catch (MalformedInputException malformed) {
            throw new IllegalArgumentException(malformed.detail(), malformed);
        }
    }

    /// The scheme that TR-369 lists, or empty for an unlisted one, which works but deserves a warning.
    public Optional<AuthorityScheme> authorityScheme() {
        return AuthorityScheme.of(scheme);
    }

    @Override
    public int compareTo(EndpointId other) {
        return toString().compareTo(other.toString());
    }

    /// The form on the wire.
    @Override
    public String toString() {
        return scheme + ":" + authorityId + ":" + instanceId;
    }
}
