// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import dev.pharos.device.modules.unit.Bounds;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The session of the first process, where there are no cgroups: what begins a session of its own gets out of it.
final class SessionCage implements Cage {
    private final Bounds bounds;
    private volatile long session;

    SessionCage(Bounds bounds) {
        this.bounds = bounds;
    }

    /// The first process has started, as the leader of its session.
    void begun(long leader) {
        session = leader;
    }

    @Override
    public List<Path> entrances() {
        return List.of();
    }

    @Override
    public OptionalLong addressSpace() {
        return bounds.memory() < 0 ? OptionalLong.empty() : OptionalLong.of(bounds.memory() << 10);
    }

    @Override
    public Set<Long> processes() {
        return session == 0 ? Set.of() : Sessions.of(session).keySet();
    }

    @Override
    public OptionalLong memory() {
        return OptionalLong.of(all().stream().mapToLong(Sessions.Seen::bytes).sum());
    }

    @Override
    public OptionalLong computed() {
        return OptionalLong.of(all().stream().mapToLong(Sessions.Seen::nanos).sum());
    }

    private Collection<Sessions.Seen> all() {
        return session == 0 ? List.of() : Sessions.of(session).values();
    }

    @Override
    public String broken() {
        int now = all().size();
        return now > bounds.processes() ? "it has " + now + " processes, and may have " + bounds.processes() : "";
    }

    @Override
    public void freeze() {}

    @Override
    public void remove() {}
}
