// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import java.util.List;
import java.util.Optional;

/// What keeps a well-formed Endpoint ID out of production: a scheme that TR-369 does not list, one that is for
/// prototypes and documentation (R-ARC.4), or an organisation that is the Broadband Forum's own (R-ARC.3).
public final class ProductionRules {
    private static final String FORUM_OUI = "00256D";
    private static final String FORUM_ENTERPRISE = "3561";
    private static final List<AuthorityScheme> INSTANCE_BEGINS_WITH_OUI =
            List.of(AuthorityScheme.OS, AuthorityScheme.OPS);

    private ProductionRules() {}

    /// @return why the ID is not for production, with one that is, as a sentence; empty where nothing speaks
    ///     against it
    public static Optional<String> objection(EndpointId id) {
        Optional<AuthorityScheme> listed = id.authorityScheme();
        if (listed.isEmpty()) {
            return Optional.of("TR-369 does not list the authority scheme '" + id.scheme()
                    + "', and strict peers may refuse it" + advice());
        }
        AuthorityScheme scheme = listed.get();
        if (scheme == AuthorityScheme.PROTO || scheme == AuthorityScheme.DOC) {
            return Optional.of("the authority scheme '" + id.scheme()
                    + "' is for prototypes and documentation and not for production" + advice());
        }
        return belongsToForum(scheme, id)
                ? Optional.of("the organisation of " + id + " is the Broadband Forum's own" + advice())
                : Optional.empty();
    }

    private static boolean belongsToForum(AuthorityScheme scheme, EndpointId id) {
        if (INSTANCE_BEGINS_WITH_OUI.contains(scheme)) {
            return id.instanceId().regionMatches(true, 0, FORUM_OUI + "-", 0, FORUM_OUI.length() + 1);
        }
        return (scheme == AuthorityScheme.OUI && id.authorityId().equalsIgnoreCase(FORUM_OUI))
                || (scheme == AuthorityScheme.PEN && id.authorityId().equals(FORUM_ENTERPRISE));
    }

    private static String advice() {
        return "; a valid Endpoint ID is for example os::<OUI>-<serial>";
    }
}
