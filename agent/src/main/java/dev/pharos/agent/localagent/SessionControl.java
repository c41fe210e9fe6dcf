// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.usp.session.E2eSession;
import dev.pharos.usp.session.SessionPolicy;

/// The end-to-end session with one controller, as the data model shows and steers it.
public interface SessionControl {
    E2eSession.Status status();

    /// How often a Session Context failed in a row.
    int retryCount();

    /// Starts a new Session Context.
    void reset();

    /// Settings that management changed.
    void use(SessionPolicy policy);
}
