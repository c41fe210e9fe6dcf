// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.UspException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A table with a row for each pair of rows of which one stands on the other, as a parameter of all rows says that has
/// references in it.
///
/// @param path of the table, with trailing dot
/// @param parameter such as `LowerLayers`
public record Stack(String path, String parameter) {
    private static final Logger LOG = LoggerFactory.getLogger(Stack.class);
    private static final String HIGHER = "HigherLayer";
    private static final String LOWER = "LowerLayer";

    /// What its rows have, see TR-181, Device.InterfaceStack.
    static final List<String> PARAMETERS = List.of(HIGHER, LOWER);

    private record Pair(String higher, String lower) {
        Map<String, String> keys() {
            return Map.of(HIGHER, higher, LOWER, lower);
        }
    }

    String supportedRow() {
        return SupportedDataModel.supportedPath(path) + "{i}.";
    }

    void publish(Transaction transaction) {
        Set<Pair> wanted = pairs(transaction.snapshot());
        for (ObjectInstance row : MappedRows.rows(transaction.snapshot(), path)) {
            if (!wanted.remove(pair(row))) {
                transaction.delete(row.path());
            }
        }
        wanted.forEach(pair -> add(transaction, pair));
    }

    /// What a plug-in may have that the table has no word for is left out.
    private void add(Transaction transaction, Pair pair) {
        try {
            transaction.add(path, pair.keys());
        } catch (UspException refused) {
            LOG.debug("{} has no row for {}: {}", path, pair, refused.fault());
        }
    }

    /// Whether the rows are others than the references say: those of others change by themselves.
    boolean isOld(Snapshot snapshot) {
        Set<Pair> present = new LinkedHashSet<>();
        MappedRows.rows(snapshot, path).forEach(row -> present.add(pair(row)));
        return !present.equals(pairs(snapshot));
    }

    private static Pair pair(ObjectInstance row) {
        return new Pair(row.value(HIGHER).orElse(""), row.value(LOWER).orElse(""));
    }

    private Set<Pair> pairs(Snapshot snapshot) {
        Set<Pair> pairs = new LinkedHashSet<>();
        all(snapshot.root())
                .forEach(object -> Stream.of(object.value(parameter).orElse("").split(","))
                        .filter(lower -> snapshot.object(lower + ".").isPresent() && pairs.size() < Limits.LISTED)
                        .forEach(lower -> pairs.add(new Pair(
                                object.path().substring(0, object.path().length() - 1), lower))));
        return pairs;
    }

    private static Stream<ObjectInstance> all(ObjectInstance object) {
        return Stream.concat(Stream.of(object), object.children().stream().flatMap(Stack::all));
    }
}
