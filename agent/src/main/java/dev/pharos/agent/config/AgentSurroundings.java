// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.mtp.Mtp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What an agent may have around it beside its controllers.
///
/// @param security how it secures what travels end to end
/// @param listeners makes the transports at which its controllers dial it, anew at each start; started and closed by
///     the agent. Only who proves to be a controller that the agent knows is
///     let in, unless somebody else may become known
/// @param started told of the data model each time that it is up
/// @param introductions how controllers become known for whom no authority vouches; where empty, the agent believes
///     whatever certificates its transports let in
/// @param collectors who vouches for collectors of bulk data
/// @param elements further parts of the data model, made anew at each start
public record AgentSurroundings(
        EndToEnd security,
        Supplier<List<Mtp>> listeners,
        Consumer<InstantiatedDataModel> started,
        Optional<Introductions> introductions,
        CollectorTrust collectors,
        Supplier<List<ServiceElement>> elements) {
    public static final AgentSurroundings NONE = new AgentSurroundings(
            EndToEnd.NONE, List::of, _ -> {}, Optional.empty(), CollectorTrust.OF_THE_RUNTIME, List::of);

    public AgentSurroundings secured(EndToEnd endToEnd) {
        return new AgentSurroundings(endToEnd, listeners, started, introductions, collectors, elements);
    }

    public AgentSurroundings listeningAt(Supplier<List<Mtp>> transports) {
        return new AgentSurroundings(security, transports, started, introductions, collectors, elements);
    }

    /// Beside whoever is told already.
    public AgentSurroundings telling(Consumer<InstantiatedDataModel> observer) {
        return new AgentSurroundings(
                security, listeners, started.andThen(observer), introductions, collectors, elements);
    }

    public AgentSurroundings introducing(Introductions ways) {
        return new AgentSurroundings(security, listeners, started, Optional.of(ways), collectors, elements);
    }

    public AgentSurroundings trustingCollectors(CollectorTrust trust) {
        return new AgentSurroundings(security, listeners, started, introductions, trust, elements);
    }

    /// Beside those that there are already.
    public AgentSurroundings backedBy(Supplier<List<ServiceElement>> further) {
        Supplier<List<ServiceElement>> both = () -> {
            List<ServiceElement> all = new ArrayList<>(elements.get());
            all.addAll(further.get());
            return all;
        };
        return new AgentSurroundings(security, listeners, started, introductions, collectors, both);
    }
}
